package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Sets of attacks of which the worst counts, image by image. */
final class WorstCaseSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> sets = findings.ofKind(Condition.Kind.WORST_CASE);
        if (sets.isEmpty()) {
            return Report.Section.of("worst-case", "Worst case");
        }
        FigureTable table = new FigureTable(findings, FigureTable.USUAL, "Set", "Norm", "Epsilon");
        List<String> members = new ArrayList<>();
        for (Measured m : sets) {
            AttackSet set = m.condition().attackSet();
            table.add(m, set.name(), AttackDescription.norm(set.norm()), AttackDescription.number(set.epsilon()));
            members.add(m.condition().label() + ": "
                    + set.members().stream().map(AttackDescription::described).collect(Collectors.joining("; ")));
        }
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(ReportBlock.text("An image counts as robust when no attack of the set fools the model on it."));
        blocks.add(table.block(null));
        blocks.add(ReportBlock.points(members));
        if (sets.stream().anyMatch(m -> m.condition().attackSet().name().equals("aa-binary"))) {
            blocks.add(ReportBlock.text(
                    "aa-binary is made for two classes, where losses that rank a third class do not exist. Its"
                            + " figures must not be compared with those of sets that have them."));
        }
        return new Report.Section("worst-case", "Worst case", blocks);
    }
}
