package org.rtda.evaluator;

import java.util.List;
import java.util.Optional;
import org.rtda.contracts.RobustnessMetric.Figure;

/** What the probes' shares must be. */
final class ProbeGates {
    /** Of images whose answers look like probabilities, as a share; a few may by chance. */
    private static final double NEARLY_ALL = 0.99;

    private ProbeGates() {}

    /** Every image has a gradient that is not zero, but for one. */
    static Verdict gradientsAreThere(EndedConditions conditions) {
        Optional<Figure> share = conditions.probe(GradientProbe.FIGURE);
        return atLeast(
                share,
                share.map(f -> 1 - 1.0 / f.n()).orElse(1.0),
                conditions.labelsOfAttacks(),
                "the gradients were not looked at");
    }

    /** Of every image five passes say the same, bit for bit. */
    static Verdict forwardPassesAgree(EndedConditions conditions) {
        return atLeast(
                conditions.probe(ForwardPassProbe.FIGURE), 1, conditions.labels(), "the passes were not compared");
    }

    /** Every image is the same, bit for bit, when its attack is asked for again. */
    static Verdict attackReplaysEqual(EndedConditions conditions) {
        return atLeast(
                conditions.probe(AttackReplayProbe.FIGURE),
                1,
                conditions.labelsOfAttacks(),
                "no attack was asked for twice");
    }

    /** Not nearly all (99%) of the images' outputs look like probabilities. */
    static Verdict logitsAreNotProbabilities(EndedConditions conditions) {
        Optional<Figure> share = conditions.probe(LogitProbe.FIGURE);
        return share.map(unlike -> Verdict.of(
                        EffortGates.exceeds(unlike.value(), 1 - NEARLY_ALL),
                        conditions.labelsOfAttacks(),
                        said(unlike)))
                .orElseGet(() -> Verdict.notJudged("the outputs were not looked at"));
    }

    private static Verdict atLeast(Optional<Figure> share, double least, List<String> concerns, String missing) {
        return share.map(f -> Verdict.of(!EffortGates.exceeds(least, f.value()), concerns, said(f)))
                .orElseGet(() -> Verdict.notJudged(missing));
    }

    private static String said(Figure figure) {
        return figure.metric() + " " + EndedConditions.share(figure.value()) + " of " + figure.n() + " images";
    }
}
