package org.rtda.gateway.report;

import java.util.List;
import java.util.Optional;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The facts that reporting guidelines ask for; what the system does not know is named, for its user to fill in. */
final class ModelCardSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Table.Row> rows = ModelCard.ITEMS.stream()
                .map(item -> {
                    Optional<String> known = item.known().apply(new ModelCard.Facts(source, findings));
                    return Table.Row.of(
                            TableCell.text(item.name()),
                            known.map(TableCell::text)
                                    .orElseGet(() -> TableCell.figure(
                                            ReportFigure.missing("unknown to this system"), List.of())),
                            TableCell.text(item.tripod()));
                })
                .toList();
        return Report.Section.of(
                "model-card",
                "Model card",
                ReportBlock.text(
                        "After CLAIM (2024 update) and TRIPOD+AI (2024), whose items are in the last column. What is unknown here"
                                + " has to be stated by whoever publishes or uses the model."),
                ReportBlock.table(new Table(null, List.of("Item", "What is known", "TRIPOD+AI"), rows)));
    }
}
