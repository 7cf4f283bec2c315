package org.rtda.evaluator.gates;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.evaluator.suite.Suites;

/**
 * All gates by name (see {@link org.rtda.contracts.check.KnownNames#GATES}): checks whether the figures of an evaluation can
 * be believed. A full evaluation gets a verdict on every gate, a standard one and a transfer on those that their
 * conditions allow, a quick one on none.
 */
public final class EvaluationGates {
    private static final Map<String, Function<EndedConditions, GateVerdict>> RULES = new LinkedHashMap<>();

    static {
        RULES.put("more-steps-are-not-weaker", EffortGates::moreStepsAreNotWeaker);
        RULES.put("accuracy-does-not-rise-with-epsilon", EffortGates::accuracyDoesNotRiseWithEpsilon);
        RULES.put("unbounded-attack-succeeds", EffortGates::unboundedAttackSucceeds);
        RULES.put("attack-has-converged", EffortGates::attackHasConverged);
        RULES.put("black-box-does-not-win", ComparisonGates::blackBoxDoesNotWin);
        RULES.put("noise-hurts-less", ComparisonGates::noiseHurtsLess);
        RULES.put("gradients-are-there", ProbeGates::gradientsAreThere);
        RULES.put("forward-passes-agree", ProbeGates::forwardPassesAgree);
        RULES.put("perturbations-are-within-bounds", ComparisonGates::perturbationsAreWithinBounds);
        RULES.put("undefended-model-falls", ComparisonGates::undefendedModelFalls);
        RULES.put("attack-replays-equal", ProbeGates::attackReplaysEqual);
        RULES.put("logits-are-not-probabilities", ProbeGates::logitsAreNotProbabilities);
        RULES.put("not-one-class-for-all", ClassGates::notOneClassForAll);
        RULES.put("every-class-is-tested", ClassGates::everyClassIsTested);
    }

    private EvaluationGates() {}

    static List<String> names() {
        return List.copyOf(RULES.keySet());
    }

    static GateVerdict judge(String gate, EndedConditions conditions) {
        return RULES.get(gate).apply(conditions);
    }

    /** Whether anything is said of such an evaluation. */
    public static boolean areJudged(RobustnessMetric.Planned planned) {
        return !planned.suite().equals(Suites.QUICK.name());
    }

    public static List<RobustnessMetric.Gate> of(EndedConditions conditions, Instant now) {
        boolean all = conditions.evaluation().planned().suite().equals(Suites.FULL.name());
        List<RobustnessMetric.Gate> gates = new ArrayList<>();
        RULES.forEach((name, rule) -> {
            GateVerdict verdict = rule.apply(conditions);
            if (all || verdict.outcome() != Outcome.NOT_JUDGED) {
                gates.add(conditions.evaluation().gate(name, verdict, now));
            }
        });
        return gates;
    }
}
