package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.gateway.report.figures.CorruptionGroup;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.Means;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.HarmScale;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** Corruptions by severity as a heat map; those that AugMix's operations resemble apart from those that training never uses. */
final class CorruptionSection implements ReportSection {
    private static final int SEVERITIES = CorruptionKind.SEVERITIES;
    private static final String METRIC = FigureNames.BALANCED_ACCURACY;

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks = new ArrayList<>();
        HarmScale scale = scale(source, findings).orElse(null);
        CorruptionGroup.heldOut(findings)
                .ifPresent(group -> blocks.add(heatMap(
                        findings,
                        group,
                        scale,
                        "Held out: corruptions whose operation AugMix does not use. Balanced accuracy by severity.")));
        CorruptionGroup.likeAugMix(findings)
                .ifPresent(group -> blocks.add(heatMap(
                        findings,
                        group,
                        scale,
                        "Not held out: AugMix changes " + CorruptionKind.sharedWithAugMix()
                                + " in training too. Balanced accuracy by severity.")));
        if (!blocks.isEmpty()) {
            blocks.add(ReportBlock.text(
                    "A mean is over all severities of all its corruptions, its interval the mean of their ends. Names"
                            + " and strengths are MedMNIST-C’s, made for 224 x 224 pixels; at other sizes kernels and pixelation are"
                            + " scaled with the side."));
        }
        return new Report.Section("corruptions", "Corruptions", blocks);
    }

    /** Between the clean figure and that of a constant answer; empty where the clean images show no skill to lose. */
    private static Optional<HarmScale> scale(ReportSource source, Findings findings) {
        Optional<Figure> clean = findings.clean().flatMap(m -> Findings.defined(m, METRIC));
        Optional<Double> constant = clean.map(Figure::constant)
                .or(() -> source.manifest().map(data -> 1.0 / data.classes().size()));
        return clean.isEmpty() || constant.isEmpty() || clean.get().value() <= constant.get()
                ? Optional.empty()
                : Optional.of(
                        new HarmScale(FigureTable.title(METRIC), clean.get().value(), constant.get()));
    }

    private static ReportBlock heatMap(Findings findings, CorruptionGroup group, HarmScale scale, String caption) {
        List<String> head = new ArrayList<>(List.of("Corruption"));
        for (int severity = 1; severity <= SEVERITIES; severity++) {
            head.add("Severity " + severity);
        }
        head.addAll(List.of("Mean", "Change from clean"));
        List<Table.Row> rows = new ArrayList<>();
        for (String corruption : group.corruptions()) {
            List<TableCell> cells = new ArrayList<>(List.of(TableCell.text(corruption)));
            for (int severity = 1; severity <= SEVERITIES; severity++) {
                cells.add(group.at(corruption, severity)
                        .map(m -> shaded(findings.cell(m, METRIC), scale))
                        .orElse(TableCell.figure(
                                ReportFigure.missing(whyNot(findings, corruption, severity)), List.of())));
            }
            addMean(findings, cells, group.of(corruption), SEVERITIES, scale);
            rows.add(Table.Row.of(cells));
        }
        List<TableCell> means = new ArrayList<>(List.of(TableCell.text("Mean")));
        for (int severity = 1; severity <= SEVERITIES; severity++) {
            means.add(shaded(
                    Means.of(
                            findings,
                            group.atSeverity(severity),
                            group.corruptions().size(),
                            METRIC),
                    scale));
        }
        addMean(findings, means, group.measured(), group.conditions(), scale);
        rows.add(Table.Row.of(means));
        return ReportBlock.table(new Table(caption, head, rows, scale));
    }

    private static TableCell shaded(TableCell cell, HarmScale scale) {
        return scale == null ? cell : cell.shaded(scale);
    }

    private static String whyNot(Findings findings, String corruption, int severity) {
        return findings.failed().stream()
                .filter(f -> corruption.equals(f.condition().corruption())
                        && f.condition().kind() == Condition.Kind.CORRUPTION
                        && f.condition().severity() == severity)
                .findFirst()
                .map(f -> "failed: " + f.reason())
                .orElse("not measured");
    }

    private static void addMean(
            Findings findings, List<TableCell> cells, List<Measured> measured, int conditions, HarmScale scale) {
        TableCell mean = Means.of(findings, measured, conditions, METRIC);
        cells.add(shaded(mean, scale));
        cells.add(Means.changeFromClean(findings, mean, METRIC));
    }
}
