package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.report.ReportBlock;

/** The predictions under the two conditions that a report shows in detail: clean, and attacked as in training. */
public final class KeptPredictions {
    private KeptPredictions() {}

    /** @param write blocks from a condition and what was predicted under it */
    public static List<ReportBlock> blocks(
            ReportSource source, Findings findings, BiFunction<Measured, Predictions, List<ReportBlock>> write) {
        List<Measured> wanted = new ArrayList<>();
        findings.clean().ifPresent(wanted::add);
        findings.trainingAttack(source).ifPresent(wanted::add);
        List<ReportBlock> blocks = new ArrayList<>();
        for (Measured m : wanted) {
            if (m.predictions() == null) {
                blocks.add(ReportBlock.text("The predictions under "
                        + m.condition().label() + " were not kept, so they are not shown here."));
                continue;
            }
            source.documents()
                    .predictions(m.predictions())
                    .ifPresentOrElse(
                            predictions -> blocks.addAll(write.apply(m, predictions)),
                            () -> blocks.add(ReportBlock.text("The store does not give the predictions under "
                                    + m.condition().label() + ".")));
        }
        return blocks;
    }
}
