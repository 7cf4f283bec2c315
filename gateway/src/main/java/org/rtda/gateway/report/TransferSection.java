package org.rtda.gateway.report;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Images made against other models. */
final class TransferSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> transfers = findings.ofKind(Condition.Kind.TRANSFER);
        if (transfers.isEmpty()) {
            return Report.Section.of("transfer", "Transfer from other models");
        }
        FigureTable table = new FigureTable(
                findings, FigureTable.USUAL, "Made against", "Its network", "Attack", "Norm", "Epsilon");
        transfers.forEach(m -> table.add(
                m,
                m.condition().source().experimentId(),
                m.condition().source().network(),
                AttackDescription.described(m.condition().attack()),
                AttackDescription.norm(m.condition().attack().norm()),
                AttackDescription.number(m.condition().attack().epsilon())));
        return Report.Section.of(
                "transfer",
                "Transfer from other models",
                ReportBlock.text(
                        "The attacker does not have this model’s weights, only the other’s. A model that falls more to these"
                                + " than to attacks on itself was not attacked well enough."),
                table.block(null));
    }
}
