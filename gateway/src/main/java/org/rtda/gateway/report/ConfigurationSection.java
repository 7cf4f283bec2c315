package org.rtda.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.EventCodec;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The specification, every default filled in. */
final class ConfigurationSection implements ReportSection {
    private static final ObjectMapper MAPPER = EventCodec.mapper();

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock.Fact> facts = new ArrayList<>();
        flatten("", MAPPER.valueToTree(source.spec()), facts);
        return Report.Section.of("configuration", "Configuration", ReportBlock.facts(facts))
                .in(Report.Part.APPENDIX);
    }

    private static void flatten(String path, JsonNode node, List<ReportBlock.Fact> facts) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), facts));
        } else {
            facts.add(new ReportBlock.Fact(path, node.isTextual() ? node.asText() : node.toString()));
        }
    }
}
