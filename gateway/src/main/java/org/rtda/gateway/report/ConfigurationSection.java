package org.rtda.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.EventCodec;
import org.rtda.report.Block;
import org.rtda.report.Report;

/** The specification, every default filled in. */
final class ConfigurationSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Block.Fact> facts = new ArrayList<>();
        flatten("", EventCodec.mapper().valueToTree(source.spec()), facts);
        return Report.Section.of("configuration", "Configuration", Block.facts(facts));
    }

    private static void flatten(String path, JsonNode node, List<Block.Fact> facts) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), facts));
        } else {
            facts.add(new Block.Fact(path, node.isTextual() ? node.asText() : node.toString()));
        }
    }
}
