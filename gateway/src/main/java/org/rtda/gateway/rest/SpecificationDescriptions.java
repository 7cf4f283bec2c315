package org.rtda.gateway.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Gives the API's schemas what the AsyncAPI document says of the same records: help, limits, names and defaults. A test holds that
 * document to the records, so the limits that a form shows are those that a specification is held to.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class SpecificationDescriptions implements OASFilter {
    private static final String DOCUMENT = "/asyncapi.yaml";

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Map<String, Object> known = map(map(document().get("components")).get("schemas"));
        description.getComponents().getSchemas().forEach((name, schema) -> {
            Map<String, Object> properties = map(map(known.get(name)).get("properties"));
            if (schema.getProperties() != null) {
                schema.getProperties().forEach((property, of) -> complete(of, map(properties.get(property))));
            }
        });
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
        schema.setMinimum(number(known.get("minimum")));
        schema.setMaximum(number(known.get("maximum")));
        schema.setExclusiveMinimum(number(known.get("exclusiveMinimum")));
    }

    private static BigDecimal number(Object limit) {
        return limit instanceof Number ? new BigDecimal(limit.toString()) : null;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object part) {
        return part instanceof Map<?, ?> ? (Map<String, Object>) part : Map.of();
    }

    private static Map<String, Object> document() {
        try (InputStream in = SpecificationDescriptions.class.getResourceAsStream(DOCUMENT)) {
            return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(DOCUMENT + " cannot be read", e);
        }
    }
}
