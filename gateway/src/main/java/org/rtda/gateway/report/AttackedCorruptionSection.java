package org.rtda.gateway.report;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Corrupted images that are attacked. */
final class AttackedCorruptionSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> attacked = findings.ofKind(Condition.Kind.ATTACKED_CORRUPTION);
        if (attacked.isEmpty()) {
            return Report.Section.of(
                    "attacked-corruptions",
                    "Attack on top of corruption",
                    ReportBlock.text("No attack on corrupted images is measured."));
        }
        FigureTable table =
                new FigureTable(findings, FigureTable.USUAL, "Corruption", "Severity", "Attack", "Norm", "Epsilon");
        attacked.forEach(m -> table.add(
                m,
                m.condition().corruption(),
                String.valueOf(m.condition().severity()),
                AttackDescription.described(m.condition().attack()),
                AttackDescription.norm(m.condition().attack().norm()),
                AttackDescription.number(m.condition().attack().epsilon())));
        return Report.Section.of(
                "attacked-corruptions",
                "Attack on top of corruption",
                table.block("The corrupted image is attacked: the ball is around it."));
    }
}
