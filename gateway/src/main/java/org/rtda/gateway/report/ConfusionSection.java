package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.KeptPredictions;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The section with confusion matrices: counts of images by true and predicted class. */
final class ConfusionSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks =
                KeptPredictions.blocks(source, findings, (m, kept) -> List.of(matrix(findings, m, kept)));
        // the section on calibration says of which conditions there are no predictions
        return new Report.Section(
                "confusion",
                "Confusion",
                blocks.stream().anyMatch(block -> block.table() != null) ? blocks : List.of());
    }

    private static ReportBlock matrix(Findings findings, Measured m, Predictions predictions) {
        int classes = predictions.classes().size();
        int[][] counts = new int[classes][classes];
        int[] images = new int[classes];
        for (int i = 0; i < predictions.labels().size(); i++) {
            counts[predictions.labels().get(i)][predictions.predicted().get(i)]++;
            images[predictions.labels().get(i)]++;
        }
        List<String> head = new ArrayList<>(List.of("True class"));
        predictions.classes().forEach(name -> head.add("judged " + name));
        head.add("Images");
        List<Table.Row> rows = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            List<TableCell> cells =
                    new ArrayList<>(List.of(TableCell.text(predictions.classes().get(label))));
            for (int predicted = 0; predicted < classes; predicted++) {
                int count = counts[label][predicted];
                cells.add(new TableCell(
                        String.valueOf(count),
                        null,
                        findings.flags(m),
                        images[label] == 0 ? null : count / (double) images[label]));
            }
            cells.add(TableCell.text(String.valueOf(images[label])));
            rows.add(Table.Row.of(cells));
        }
        return ReportBlock.table(new Table(
                "Under " + m.condition().label() + ", n " + predictions.labels().size()
                        + "; shaded by the share of the true class’s images",
                head,
                rows));
    }
}
