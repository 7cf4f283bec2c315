package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import org.rtda.contracts.EventCodec;

/** JSON with a field, or an element of a field's array, on each line, so that a difference between two versions can be read. */
public final class ElementLines {
    private ElementLines() {}

    /** @param document that is a JSON object */
    public static String text(Object document) {
        StringBuilder text = new StringBuilder("{");
        JsonNode object = EventCodec.mapper().valueToTree(document);
        String separator = "\n";
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            text.append(separator).append('"').append(field.getKey()).append("\": ");
            if (field.getValue().isArray() && !field.getValue().isEmpty()) {
                text.append('[');
                for (Iterator<JsonNode> each = field.getValue().elements(); each.hasNext(); ) {
                    text.append('\n').append(line(each.next())).append(each.hasNext() ? "," : "]");
                }
            } else {
                text.append(line(field.getValue()));
            }
            separator = ",\n";
        }
        return text.append("\n}\n").toString();
    }

    private static String line(JsonNode node) {
        try {
            return EventCodec.mapper().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("results cannot be written as JSON", e);
        }
    }
}
