package org.rtda.gateway.report.figures;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.report.Flag;

/**
 * A gate as a report names it.
 *
 * @param flag what its row and the figures that fail it are marked with
 * @param concerns labels of conditions; empty for all
 */
public record JudgedGate(Flag flag, Outcome outcome, List<String> concerns, String finding) {
    public boolean condemns(String label) {
        return outcome == Outcome.FAILED && (concerns.isEmpty() || concerns.contains(label));
    }
}
