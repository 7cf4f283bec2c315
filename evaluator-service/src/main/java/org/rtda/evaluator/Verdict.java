package org.rtda.evaluator;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;

/**
 * What a gate found.
 *
 * @param concerns labels of the conditions whose figures do not stand; empty where it passes
 * @param finding what was compared, with its numbers, or what is missing
 */
record Verdict(Outcome outcome, List<String> concerns, String finding) {

    static Verdict notJudged(String why) {
        return new Verdict(Outcome.NOT_JUDGED, List.of(), why);
    }

    static Verdict of(boolean passes, List<String> concerns, String finding) {
        return passes
                ? new Verdict(Outcome.PASSED, List.of(), finding)
                : new Verdict(Outcome.FAILED, concerns, finding);
    }
}
