package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The facts that reporting guidelines ask for; what nobody knows is named, for its user to fill in. */
final class ModelCardSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        ModelCardItem.Facts facts = new ModelCardItem.Facts(source, findings);
        List<Table.Row> rows = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (ModelCardItem item : ModelCard.ITEMS) {
            Optional<String> text = item.text(facts);
            if (text.isPresent()) {
                rows.add(Table.Row.of(
                        TableCell.text(item.name()), TableCell.text(text.get()), TableCell.text(item.tripod())));
            } else {
                unknown.add(item.name());
            }
        }
        List<ReportBlock> blocks = new ArrayList<>();
        blocks.add(
                ReportBlock.text(
                        "After CLAIM (2024 update), TRIPOD+AI (2024), whose items are in the last column, and the CHAI applied model"
                                + " card. What is stated was given by whoever asked for this report; the system has not checked it."));
        blocks.add(ReportBlock.table(new Table(null, List.of("Item", "What is known", "TRIPOD+AI"), rows)));
        if (!unknown.isEmpty()) {
            blocks.add(ReportBlock.text("Unknown, to be stated by whoever publishes or uses the model: "
                    + String.join("; ", unknown) + "."));
        }
        return new Report.Section("model-card", "Model card", blocks);
    }
}
