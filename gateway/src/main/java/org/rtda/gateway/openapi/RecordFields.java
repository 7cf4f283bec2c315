package org.rtda.gateway.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.IndexView;

/**
 * Gives the API's schemas what the Javadoc of their records says: a text for each field that has none, and for the schema itself. In
 * documents that the gateway answers and nobody sends it says as well which fields are always there: primitives, and all of a record that
 * writes every field, whose others may be null. Any other field may be absent.
 */
public final class RecordFields {
    private final Set<Class<?>> types;

    /** @param index of the classes among which the resources are */
    public RecordFields(IndexView index) {
        types = DescribedTypes.of(index);
    }

    public void complete(OpenAPI description) {
        Set<String> sent = SchemaShapes.sentIn(description);
        description.getComponents().getSchemas().forEach((name, schema) -> typeOf(name, schema)
                .ifPresent(type -> {
                    describe(type, schema);
                    if (type.isRecord() && schema.getProperties() != null) {
                        Map<String, Field> fields = fields(type);
                        describe(fields, schema);
                        // of a message the AsyncAPI document says it, and of others a resource may
                        if (!sent.contains(name) && schema.getRequired() == null) {
                            require(type, fields, schema);
                        }
                    }
                }));
    }

    /** A field of a document and the record component that it is made of. */
    private record Field(RecordComponent component) {
        String text() {
            return JavadocText.of(component.getDeclaringRecord()).component(component.getName());
        }

        boolean isNeverNull() {
            return component.getType().isPrimitive();
        }
    }

    private Optional<Class<?>> typeOf(String name, Schema schema) {
        List<Class<?>> fitting = types.stream()
                .filter(type -> name.matches(Pattern.quote(DescribedTypes.schemaName(type)) + "\\d?"))
                .filter(type -> fits(type, schema))
                .toList();
        if (fitting.size() > 1) {
            throw new IllegalStateException("more than one type has a schema like " + name + ": " + fitting);
        }
        return fitting.stream().findFirst();
    }

    private static boolean fits(Class<?> type, Schema schema) {
        if (type.isEnum()) {
            return schema.getEnumeration() != null
                    && schema.getEnumeration().stream()
                            .map(String::valueOf)
                            .toList()
                            .equals(Arrays.stream(type.getEnumConstants())
                                    .map(constant -> ((Enum<?>) constant).name())
                                    .toList());
        }
        return schema.getProperties() == null
                ? !type.isRecord()
                : type.isRecord()
                        && schema.getProperties()
                                .keySet()
                                .containsAll(fields(type).keySet());
    }

    /** By name; those of an unwrapped component stand beside the others. */
    private static Map<String, Field> fields(Class<?> type) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                fields.putAll(fields(component.getType()));
            } else {
                org.eclipse.microprofile.openapi.annotations.media.Schema schema = component
                        .getAccessor()
                        .getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
                fields.put(
                        schema == null || schema.name().isEmpty() ? component.getName() : schema.name(),
                        new Field(component));
            }
        }
        return fields;
    }

    private static void describe(Class<?> type, Schema schema) {
        String text = JavadocText.of(type).summary();
        if (schema.getDescription() == null && !text.isEmpty()) {
            schema.setDescription(text);
        }
    }

    private static void describe(Map<String, Field> fields, Schema schema) {
        schema.getProperties().forEach((name, property) -> {
            if (property.getDescription() == null && fields.containsKey(name)) {
                String text = fields.get(name).text();
                property.setDescription(text.isEmpty() ? null : text);
            }
        });
    }

    private static void require(Class<?> type, Map<String, Field> fields, Schema schema) {
        boolean isWhole = Optional.ofNullable(type.getAnnotation(JsonInclude.class))
                .map(include -> include.value() == JsonInclude.Include.ALWAYS)
                .orElse(false);
        Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
        for (String name : new TreeSet<>(fields.keySet())) {
            if (!properties.containsKey(name)) {
                continue;
            }
            if (fields.get(name).isNeverNull()) {
                schema.addRequired(name);
            } else if (isWhole) {
                schema.addRequired(name);
                properties.put(name, SchemaShapes.orNull(properties.get(name)));
            }
        }
        schema.setProperties(properties);
    }
}
