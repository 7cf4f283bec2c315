package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.TableCell;

/** The few figures that a reader looks for first. */
final class HeadlineSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        FigureTable table = new FigureTable(findings, FigureTable.USUAL, "Images", "Condition");
        findings.clean()
                .ifPresent(m -> table.add(m, "as they are", m.condition().label()));
        findings.trainingAttack(source)
                .ifPresent(m -> table.add(
                        m, "attacked at the radius of training", m.condition().label()));
        findings.ofKind(Condition.Kind.WORST_CASE)
                .forEach(m -> table.add(
                        m,
                        "worst of " + m.condition().attackSet().members().size() + " attacks",
                        m.condition().label()));
        CorruptionSection.heldOut(findings).ifPresent(heldOut -> table.add(means(findings, heldOut)));
        findings.ofKind(Condition.Kind.SHIFT)
                .forEach(m -> table.add(m, "another test set", m.condition().label()));
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(ReportBlock.facts(
                List.of(new ReportBlock.Fact("State", source.status().state().toString()))));
        blocks.add(
                table.isEmpty()
                        ? ReportBlock.text("Nothing is measured yet.")
                        : table.block(
                                "The constant beside a figure is the score of an answer that is the same for every image: the"
                                        + " commonest class, or one score for all."));
        return new Report.Section("headline", "In short", blocks);
    }

    private static List<TableCell> means(Findings findings, CorruptionSection.Group heldOut) {
        List<TableCell> cells = new ArrayList<>();
        cells.add(TableCell.text("corrupted in ways that training does not use, mean"));
        cells.add(TableCell.text(heldOut.conditions() + " conditions"));
        List<Measured> measured = heldOut.measured();
        FigureTable.USUAL.forEach(metric -> cells.add(Means.of(findings, measured, heldOut.conditions(), metric)));
        return cells;
    }
}
