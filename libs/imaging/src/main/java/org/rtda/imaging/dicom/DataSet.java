package org.rtda.imaging.dicom;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.imaging.UnreadableImageException;

/** The attributes of a data set, or of an item of a sequence, that {@link Attribute} lists. */
final class DataSet {
    private final Map<Attribute, Value> values = new EnumMap<>(Attribute.class);
    private final Map<Attribute, List<DataSet>> sequences = new EnumMap<>(Attribute.class);
    private Fragments fragments;

    void put(Attribute attribute, Value value) {
        values.putIfAbsent(attribute, value);
    }

    void put(Attribute attribute, List<DataSet> items) {
        sequences.putIfAbsent(attribute, items);
    }

    void put(Fragments pixels) {
        fragments = pixels;
    }

    /** Empty where the attribute is absent or has no value. */
    Optional<Value> value(Attribute attribute) {
        return Optional.ofNullable(values.get(attribute))
                .filter(value -> value.bytes().length() > 0);
    }

    int integer(Attribute attribute) {
        return value(attribute)
                .orElseThrow(() -> UnreadableImageException.damaged("its attribute " + attribute + " is missing"))
                .integer();
    }

    int integer(Attribute attribute, int otherwise) {
        return value(attribute).map(Value::integer).orElse(otherwise);
    }

    /** The first of an attribute's numbers. */
    Optional<Double> number(Attribute attribute) {
        return value(attribute).flatMap(value -> value.numbers().stream().findFirst());
    }

    /** A code, as the standard defines them: plain capital letters, digits, spaces and underscores. */
    String code(Attribute attribute) {
        return value(attribute)
                .map(value -> value.text(StandardCharsets.ISO_8859_1).strip())
                .orElse("");
    }

    /** The items of a sequence; none where it is absent. */
    List<DataSet> items(Attribute attribute) {
        return sequences.getOrDefault(attribute, List.of());
    }

    /** The first item of a sequence. */
    Optional<DataSet> item(Attribute attribute) {
        return items(attribute).stream().findFirst();
    }

    /** Encapsulated pixels; null where there are none. */
    Fragments fragments() {
        return fragments;
    }

    boolean has(Attribute attribute) {
        return values.containsKey(attribute);
    }
}
