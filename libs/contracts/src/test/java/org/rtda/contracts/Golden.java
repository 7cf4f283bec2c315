package org.rtda.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.PreparedImages;

/** One JSON document for each kind of message, as version 1 writes it: what every later build must still read. */
final class Golden {
    static final ObjectMapper JSON = EventCodec.mapper();

    private Golden() {}

    /** Every kind of document that leaves a process. */
    static List<Class<?>> documents() {
        return Stream.concat(
                        Arrays.stream(Topic.values()).map(Topic::messageType),
                        Stream.<Class<?>>of(
                                DatasetManifest.class, PreparedImages.class, Predictions.class, Gallery.class))
                .filter(type -> type != byte[].class)
                .flatMap(Golden::kinds)
                .distinct()
                .toList();
    }

    /** The records behind a type: itself, or what a sealed interface permits. */
    static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of(type);
    }

    /** {@code RobustnessMetric.Planned} -> {@code RobustnessMetricPlanned}. */
    static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace("$", "");
    }

    static ObjectNode json(Class<?> type) {
        return json(nameOf(type).replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + "-v1.json", type);
    }

    /** A plan with a condition of each kind: what version one can say since there are full evaluations. */
    static ObjectNode fullPlan() {
        return json("robustness-metric-planned-full-v1.json", RobustnessMetric.Planned.class);
    }

    /** Figures of a subset: what version one can say since subsets are drawn by class. */
    static ObjectNode measuredOnASubset() {
        return json("robustness-metric-measured-subset-v1.json", RobustnessMetric.Measured.class);
    }

    static ObjectNode measuredBySubgroup() {
        return json("robustness-metric-measured-subgroups-v1.json", RobustnessMetric.Measured.class);
    }

    private static ObjectNode json(String name, Class<?> type) {
        String file = "/golden/" + name;
        try (InputStream in = Golden.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no golden file " + file + " for " + type);
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static <T> T read(Class<T> type) {
        return EventCodec.read(bytes(json(type)), type);
    }

    /** The first object of this type in the golden files; of a type that came later, as these are written now. */
    static ObjectNode example(Class<?> type) {
        for (Class<?> document : documents()) {
            ObjectNode found = find(json(document), document, type);
            if (found != null) {
                return found.deepCopy();
            }
        }
        for (Class<?> document : documents()) {
            ObjectNode found = find(JSON.valueToTree(read(document)), document, type);
            if (found != null) {
                return found;
            }
        }
        ObjectNode found = find(fullPlan(), RobustnessMetric.Planned.class, type);
        if (found == null) {
            found = find(measuredOnASubset(), RobustnessMetric.Measured.class, type);
        }
        if (found == null) {
            found = find(measuredBySubgroup(), RobustnessMetric.Measured.class, type);
        }
        if (found == null) {
            throw new IllegalStateException("no golden file holds a " + type);
        }
        return found.deepCopy();
    }

    private static ObjectNode find(JsonNode json, Type of, Class<?> wanted) {
        if (json == null) {
            return null;
        }
        if (of instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type element = arguments[arguments.length - 1];
            return StreamSupport.stream(json.spliterator(), false)
                    .map(each -> find(each, element, wanted))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (of == wanted) {
            return (ObjectNode) json;
        }
        if (of instanceof Class<?> plain && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                ObjectNode found = find(json.get(component.getName()), component.getGenericType(), wanted);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
