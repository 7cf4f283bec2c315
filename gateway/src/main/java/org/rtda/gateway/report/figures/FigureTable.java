package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** A table with a row a condition: names first, then its figures, each with what a constant answer scores in it. */
public final class FigureTable {
    public static final List<String> USUAL =
            List.of(FigureNames.ACCURACY, FigureNames.BALANCED_ACCURACY, FigureNames.AUROC);

    private final Findings findings;
    private final List<String> metrics;
    private final List<String> head;
    private final List<Table.Row> rows = new ArrayList<>();

    public FigureTable(Findings findings, List<String> metrics, String... names) {
        this.findings = findings;
        this.metrics = metrics;
        this.head = new ArrayList<>(Arrays.asList(names));
        metrics.forEach(metric -> head.add(title(metric)));
    }

    public FigureTable add(Measured m, String... names) {
        List<TableCell> cells = new ArrayList<>();
        for (String name : names) {
            cells.add(TableCell.text(name));
        }
        metrics.forEach(metric -> cells.add(findings.cell(m, metric)));
        rows.add(Table.Row.of(cells));
        return this;
    }

    public FigureTable add(List<TableCell> cells) {
        rows.add(Table.Row.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public ReportBlock block(String caption) {
        return ReportBlock.table(new Table(caption, head, rows));
    }

    /** {@code balanced-accuracy} as a heading. */
    public static String title(String metric) {
        return switch (metric) {
            case FigureNames.AUROC -> "AUROC";
            case FigureNames.CALIBRATION_ERROR -> "Expected calibration error";
            case FigureNames.SENSITIVITY + FigureNames.AT_CALIBRATED -> "Sensitivity, calibrated threshold";
            case FigureNames.SPECIFICITY + FigureNames.AT_CALIBRATED -> "Specificity, calibrated threshold";
            default ->
                metric.isEmpty()
                        ? metric
                        : Character.toUpperCase(metric.charAt(0))
                                + metric.substring(1).replace('-', ' ');
        };
    }
}
