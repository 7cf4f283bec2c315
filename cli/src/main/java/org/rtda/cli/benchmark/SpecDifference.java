package org.rtda.cli.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.contracts.EventCodec;

/** Says in words how the specification of an existing run differs from the requested one. */
final class SpecDifference {
    private SpecDifference() {}

    /** @param before the specification of the run that was made, under which the cell's fingerprint was another */
    static String of(JsonNode before, Cell cell) {
        List<String> differences = of(before, cell, Set.of());
        return differences.isEmpty()
                ? "data set " + cell.dataset() + " was imported anew with other content"
                : String.join(", ", differences);
    }

    /**
     * One for each field that differs.
     *
     * @param ignored names of fields, for example {@code attack.epsilon}
     */
    static List<String> of(JsonNode before, Cell cell, Set<String> ignored) {
        Map<String, String> old = leaves("", before);
        Map<String, String> now = leaves("", EventCodec.mapper().valueToTree(cell.spec()));
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        names.removeAll(ignored);
        return names.stream()
                .filter(name -> !Objects.equals(old.get(name), now.get(name)))
                .map(name -> name + " was " + old.get(name) + ", is " + now.get(name))
                .toList();
    }

    /** As texts: a number that was read may be of another type than one that was made. */
    private static Map<String, String> leaves(String name, JsonNode node) {
        Map<String, String> leaves = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> leaves.putAll(
                            leaves(name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue())));
        } else {
            leaves.put(name, node.toString());
        }
        return leaves;
    }
}
