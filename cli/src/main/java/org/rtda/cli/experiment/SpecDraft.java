package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.variant.AttackKind;

/** A specification while options fill it in. */
public final class SpecDraft {
    private SpecDraft() {}

    /** Of its attack; whether there is such an attack, the gateway says. */
    public static String trainingNorm(ObjectNode draft) {
        return AttackKind.trainingNorm(draft.path("attack").path("name").asText());
    }

    /** Nothing where there is no value: defaults are the gateway's affair. */
    public static void put(ObjectNode node, String field, Object value) {
        if (value != null) {
            node.set(field, EventCodec.mapper().valueToTree(value));
        }
    }

    /** In an object within it. */
    public static void put(ObjectNode node, String group, String field, Object value) {
        if (value != null) {
            put(node.get(group) instanceof ObjectNode inner ? inner : node.putObject(group), field, value);
        }
    }

    /** @param spec null for an empty one */
    static ObjectNode read(Path spec) {
        if (spec == null) {
            return EventCodec.mapper().createObjectNode();
        }
        try {
            JsonNode read = EventCodec.mapper().readTree(spec.toFile());
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new CommandFailure(spec + " does not hold a JSON object");
        } catch (IOException e) {
            throw new CommandFailure(spec + " cannot be read: " + e.getMessage(), e);
        }
    }
}
