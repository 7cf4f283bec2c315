package org.rtda.gateway.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.gateway.view.ExperimentDocument;

/** Adds to the API's description the limits of parameters that several operations share. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ParameterDescriptions implements OASFilter {
    private static final String NAME = whole(Check.NAME_PATTERN);

    /** By the parameter's name. */
    private static final Map<String, String> IN_PATHS = Map.of(
            "id",
            NAME,
            "name",
            NAME,
            "evaluation",
            whole("[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*){0,2}"),
            "topic",
            whole(Arrays.stream(Topic.values())
                    .filter(Topic::isWork)
                    .map(Topic::topicName)
                    .collect(Collectors.joining("|"))));

    private static final Map<String, String> IN_QUERIES =
            Map.of("fields", whole(listOf(fields())), "cursor", whole("[A-Za-z0-9_-]+"), "dataset", NAME, "tag", NAME);

    private static final Map<String, List<String>> KNOWN_IN_QUERIES = Map.of(
            "method", KnownNames.METHODS,
            "network", KnownNames.NETWORKS,
            "norm", KnownNames.NORMS);

    /** JSON Schema's patterns hold a part of the text unless they say otherwise. */
    private static String whole(String pattern) {
        return "^(" + pattern + ")$";
    }

    private static String listOf(String pattern) {
        return "(" + pattern + ")(,(" + pattern + "))*";
    }

    private static String fields() {
        return Arrays.stream(ExperimentDocument.class.getRecordComponents())
                .map(component -> component.getName())
                .collect(Collectors.joining("|"));
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .map(Operation::getParameters)
                .forEach(parameters -> (parameters == null ? List.<Parameter>of() : parameters)
                        .forEach(ParameterDescriptions::complete));
    }

    private static void complete(Parameter parameter) {
        String pattern =
                switch (parameter.getIn()) {
                    case PATH -> IN_PATHS.get(parameter.getName());
                    case QUERY -> IN_QUERIES.get(parameter.getName());
                    default -> null;
                };
        Schema schema = parameter.getSchema();
        if (schema == null) {
            return;
        }
        if (pattern != null) {
            schema.setPattern(pattern);
        } else if (parameter.getIn() == Parameter.In.QUERY) {
            List<String> known = KNOWN_IN_QUERIES.get(parameter.getName());
            if (known != null) {
                schema.setEnumeration(List.copyOf(known));
            }
            requireText(schema);
        }
    }

    /** An empty text is refused, since it would be taken for an absent one. */
    private static void requireText(Schema schema) {
        if (schema.getItems() != null) {
            requireText(schema.getItems());
        } else if (schema.getType() != null
                && schema.getType().contains(SchemaType.STRING)
                && schema.getPattern() == null
                && schema.getEnumeration() == null
                && schema.getFormat() == null) {
            schema.setMinLength(1);
        }
    }
}
