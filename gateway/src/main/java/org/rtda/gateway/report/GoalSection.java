package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The section on attacks with a goal: a miss, or a false alarm. */
final class GoalSection implements ReportSection {
    private static final List<String> METRICS = List.of(
            FigureNames.SENSITIVITY, FigureNames.SPECIFICITY, FigureNames.ACCURACY, FigureNames.BALANCED_ACCURACY);

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> attacks = findings.ofKind(Condition.Kind.ATTACK).stream()
                .filter(m -> m.condition().goal() != null)
                .toList();
        if (attacks.isEmpty()) {
            return Report.Section.of("goals", "Misses and false alarms");
        }
        FigureTable table = new FigureTable(findings, METRICS, "Goal", "Attack", "Epsilon");
        findings.clean().ifPresent(m -> table.add(m, "none", "none", "0"));
        attacks.forEach(m -> table.add(
                m,
                m.condition().goal(),
                AttackDescription.series(m.condition().attack()) + ", "
                        + AttackDescription.norm(m.condition().attack().norm()),
                AttackDescription.number(m.condition().attack().epsilon())));
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(ReportBlock.text(
                "A miss is a diseased image judged healthy: sensitivity falls. A false alarm is a healthy image judged"
                        + " diseased: specificity falls. Healthy is the class "
                        + source.healthyClass().orElse("that the data set names (it names none)")
                        + "."));
        blocks.add(table.block(null));
        return new Report.Section("goals", "Misses and false alarms", blocks);
    }
}
