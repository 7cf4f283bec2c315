package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Corrupted images that are attacked. */
final class AttackedCorruptionSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> attacked = findings.ofKind(Condition.Kind.ATTACKED_CORRUPTION);
        if (attacked.isEmpty()) {
            return Report.Section.of("attacked-corruptions", "Attack on top of corruption");
        }
        Map<String, FigureTable> byAttack = new LinkedHashMap<>();
        for (Measured m : attacked) {
            byAttack.computeIfAbsent(
                            inWords(m.condition().attack()),
                            any -> new FigureTable(findings, FigureTable.USUAL, "Corruption", "Severity"))
                    .add(
                            m,
                            m.condition().corruption(),
                            String.valueOf(m.condition().severity()));
        }
        List<ReportBlock> blocks = new ArrayList<>();
        byAttack.forEach((attack, table) ->
                blocks.add(table.block("The corrupted image is attacked: the ball is around it. " + attack)));
        return new Report.Section("attacked-corruptions", "Attack on top of corruption", blocks);
    }

    private static String inWords(AttackSettings attack) {
        return AttackDescription.described(attack) + ", " + AttackDescription.norm(attack.norm()) + " "
                + AttackDescription.number(attack.epsilon());
    }
}
