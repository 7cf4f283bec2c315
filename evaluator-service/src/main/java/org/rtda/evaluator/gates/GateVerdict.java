package org.rtda.evaluator.gates;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;

/**
 * What a gate found.
 *
 * @param concerns labels of the conditions whose figures do not stand; empty where it passes
 * @param finding what was compared, with its numbers, or what is missing
 */
public record GateVerdict(Outcome outcome, List<String> concerns, String finding) {

    public static GateVerdict notJudged(String why) {
        return new GateVerdict(Outcome.NOT_JUDGED, List.of(), why);
    }

    static GateVerdict of(boolean passes, List<String> concerns, String finding) {
        return passes
                ? new GateVerdict(Outcome.PASSED, List.of(), finding)
                : new GateVerdict(Outcome.FAILED, concerns, finding);
    }
}
