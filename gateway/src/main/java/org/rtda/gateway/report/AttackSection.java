package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Untargeted attacks by their radius: curves, and a table. */
final class AttackSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> attacks = findings.untargetedAttacks();
        if (attacks.isEmpty()) {
            return Report.Section.of("attacks", "Robustness against attack");
        }
        List<ReportBlock> blocks = new ArrayList<>();
        // balanced accuracy in the norm of training stands on the first page
        String trained = source.trainingAttack().norm();
        RadiusChart.of(source, findings, trained, FigureNames.AUROC)
                .map(ReportBlock::chart)
                .ifPresent(blocks::add);
        for (String norm : norms(findings)) {
            if (!norm.equals(trained)) {
                RadiusChart.of(source, findings, norm, FigureNames.BALANCED_ACCURACY)
                        .map(ReportBlock::chart)
                        .ifPresent(blocks::add);
            }
        }
        FigureTable table = new FigureTable(findings, FigureTable.USUAL, "Attack", "Norm", "Epsilon");
        findings.clean().ifPresent(m -> table.add(m, "none", "", "0"));
        attacks.forEach(m -> table.add(
                m,
                AttackDescription.described(m.condition().attack()),
                AttackDescription.norm(m.condition().attack().norm()),
                AttackDescription.number(m.condition().attack().epsilon())));
        blocks.add(table.block("Epsilon is the radius of the ball around an image in [0,1], in the attack’s norm."));
        return new Report.Section("attacks", "Robustness against attack", blocks);
    }

    private static Iterable<String> norms(Findings findings) {
        TreeSet<String> norms = new TreeSet<>();
        findings.untargetedAttacks()
                .forEach(m -> norms.add(m.condition().attack().norm()));
        return norms;
    }
}
