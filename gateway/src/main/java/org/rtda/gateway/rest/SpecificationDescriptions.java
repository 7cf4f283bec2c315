package org.rtda.gateway.rest;

import static org.rtda.gateway.asyncapi.AsyncApiDocument.map;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;
import org.rtda.gateway.asyncapi.AsyncApiDocument;
import org.rtda.gateway.openapi.RecordFields;
import org.rtda.gateway.openapi.SchemaShapes;

/**
 * Gives the API's schemas what the AsyncAPI document says of the same records: help, limits, names and defaults. A test holds that
 * document to the records, so the limits that a form shows are those that a specification is held to. What it does not say comes from the
 * records' Javadoc.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class SpecificationDescriptions implements OASFilter {
    /** Requests whose fields are those of the command that is made of them. */
    private static final Map<String, String> COMMANDS = Map.of(
            "EvaluationRequest", "EvaluationCommand",
            "ExperimentDescription", "ExperimentCommandDescribe");

    private final RecordFields fields;

    /** Of no resource: what the AsyncAPI document says is all that there is. */
    SpecificationDescriptions() {
        this(new Indexer().complete());
    }

    /** @param index of the classes among which the resources are */
    public SpecificationDescriptions(IndexView index) {
        fields = new RecordFields(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Map<String, Object> known = AsyncApiDocument.read().schemas();
        description.getComponents().getSchemas().forEach((name, schema) -> {
            Map<String, Object> record = map(known.get(COMMANDS.getOrDefault(name, name)));
            Map<String, Object> properties = map(record.get("properties"));
            if (schema.getProperties() != null) {
                schema.getProperties().forEach((property, of) -> complete(of, map(properties.get(property))));
                // what a request leaves out the gateway fills in
                if (!COMMANDS.containsKey(name) && record.get("required") instanceof List<?> required) {
                    required.stream()
                            .map(String::valueOf)
                            .filter(schema.getProperties()::containsKey)
                            .filter(field -> schema.getRequired() == null
                                    || !schema.getRequired().contains(field))
                            .forEach(schema::addRequired);
                }
            }
        });
        fields.complete(description);
        SchemaShapes.complete(description);
    }

    private static void complete(Schema schema, Map<String, Object> known) {
        if (schema.getRef() != null || known.isEmpty()) {
            return;
        }
        if (schema.getDescription() == null && known.get("description") instanceof String text) {
            schema.setDescription(text);
        }
        if (schema.getEnumeration() == null && known.get("enum") instanceof List<?> names) {
            names.forEach(schema::addEnumeration);
        }
        if (schema.getDefaultValue() == null) {
            schema.setDefaultValue(known.get("default"));
        }
        if (known.get("pattern") instanceof String pattern) {
            schema.setPattern(pattern);
        }
        // a limit that a resource has itself stays where the document has none
        set(number(known.get("minimum")), schema::setMinimum);
        set(number(known.get("maximum")), schema::setMaximum);
        set(number(known.get("exclusiveMinimum")), schema::setExclusiveMinimum);
        set(number(known.get("exclusiveMaximum")), schema::setExclusiveMaximum);
        if (schema.getMaxLength() == null) {
            set(whole(known.get("maxLength")), schema::setMaxLength);
        }
        if (schema.getMinItems() == null) {
            set(whole(known.get("minItems")), schema::setMinItems);
        }
        if (schema.getMaxItems() == null) {
            set(whole(known.get("maxItems")), schema::setMaxItems);
        }
        if (known.get("uniqueItems") instanceof Boolean unique) {
            schema.setUniqueItems(unique);
        }
        if (schema.getItems() != null) {
            complete(schema.getItems(), map(known.get("items")));
        }
    }

    private static <T> void set(T limit, Consumer<T> setter) {
        if (limit != null) {
            setter.accept(limit);
        }
    }

    private static Integer whole(Object limit) {
        return limit instanceof Number number ? number.intValue() : null;
    }

    private static BigDecimal number(Object limit) {
        return limit instanceof Number ? new BigDecimal(limit.toString()) : null;
    }
}
