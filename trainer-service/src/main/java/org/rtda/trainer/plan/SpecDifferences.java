package org.rtda.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;

/** Two specifications field by field. */
public final class SpecDifferences {
    private static final ObjectMapper JSON = EventCodec.mapper();

    private SpecDifferences() {}

    /** For example {@code optimizer.learningRate was 0.1, is 0.05}; {@code absent} for a field that is not there. */
    public static List<String> between(ExperimentSpec before, ExperimentSpec now) {
        List<String> differences = new ArrayList<>();
        collect("", JSON.valueToTree(before), JSON.valueToTree(now), differences);
        return differences;
    }

    private static void collect(String field, JsonNode before, JsonNode now, List<String> differences) {
        if (before != null && now != null && before.isObject() && now.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    collect(field.isEmpty() ? name : field + "." + name, before.get(name), now.get(name), differences));
        } else if (before == null || !before.equals(now)) {
            differences.add(field + " was " + text(before) + ", is " + text(now));
        }
    }

    private static String text(JsonNode value) {
        return value == null ? "absent" : value.isTextual() ? value.textValue() : value.toString();
    }
}
