package org.rtda.gateway.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Says in the API's description what holds for every JSON document: a field that need not be there may as well be null, and a document that
 * somebody sends has no other fields than those that are described.
 */
public final class SchemaShapes {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String JSON = "application/json";

    private final Map<String, Schema> schemas;

    private SchemaShapes(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    public static void complete(OpenAPI description) {
        SchemaShapes shapes = new SchemaShapes(description.getComponents().getSchemas());
        Set<String> sent = new HashSet<>();
        Set<String> forms = new HashSet<>();
        shapes.collect(description, sent, forms);
        shapes.schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null && !forms.contains(name)) {
                schema.setProperties(nullable(schema));
                if (sent.contains(name)) {
                    schema.setAdditionalPropertiesSchema(
                            OASFactory.createSchema().booleanSchema(false));
                }
            }
        });
    }

    /** The names of the schemas that somebody sends, as JSON or as a form, with all that these refer to. */
    static Set<String> sentIn(OpenAPI description) {
        Set<String> sent = new HashSet<>();
        new SchemaShapes(description.getComponents().getSchemas()).collect(description, sent, sent);
        return sent;
    }

    private void collect(OpenAPI description, Set<String> sent, Set<String> forms) {
        if (description.getPaths() != null) {
            description.getPaths().getPathItems().values().stream()
                    .flatMap(item -> item.getOperations().values().stream())
                    .filter(operation -> operation.getRequestBody() != null)
                    .forEach(operation -> collect(operation, sent, forms));
        }
    }

    private void collect(Operation operation, Set<String> sent, Set<String> forms) {
        if (operation.getRequestBody().getContent() == null) {
            return;
        }
        for (Map.Entry<String, MediaType> body :
                operation.getRequestBody().getContent().getMediaTypes().entrySet()) {
            reach(body.getValue().getSchema(), body.getKey().equals(JSON) ? sent : forms);
        }
    }

    private void reach(Schema schema, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            String name = schema.getRef().replace(REFERENCE, "");
            if (names.add(name)) {
                reach(schemas.get(name), names);
            }
        }
        reach(schema.getItems(), names);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> reach(property, names));
        }
        for (Collection<Schema> parts : alternatives(schema)) {
            parts.forEach(part -> reach(part, names));
        }
    }

    private static List<Collection<Schema>> alternatives(Schema schema) {
        List<Collection<Schema>> all = new ArrayList<>();
        for (Collection<Schema> parts : Arrays.asList(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())) {
            if (parts != null) {
                all.add(parts);
            }
        }
        return all;
    }

    private static Map<String, Schema> nullable(Schema schema) {
        Collection<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        Map<String, Schema> properties = new LinkedHashMap<>();
        schema.getProperties()
                .forEach((name, property) ->
                        properties.put(name, required.contains(name) ? property : orNull(property)));
        return properties;
    }

    /** The same schema, which null fits as well. */
    static Schema orNull(Schema property) {
        if (property.getRef() != null) {
            String text = property.getDescription();
            property.setDescription(null);
            return OASFactory.createSchema()
                    .description(text)
                    .addAnyOf(property)
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        if (property.getType() != null && !property.getType().contains(SchemaType.NULL)) {
            property.addType(SchemaType.NULL);
        }
        if (property.getEnumeration() != null && !property.getEnumeration().contains(null)) {
            List<Object> values = new ArrayList<>(property.getEnumeration());
            values.add(null);
            property.setEnumeration(values);
        }
        return property;
    }
}
