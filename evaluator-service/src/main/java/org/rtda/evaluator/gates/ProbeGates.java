package org.rtda.evaluator.gates;

import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Figure;
import org.rtda.evaluator.condition.AttackReplayProbe;
import org.rtda.evaluator.condition.ForwardPassProbe;
import org.rtda.evaluator.condition.GradientProbe;
import org.rtda.evaluator.condition.LogitProbe;

/** Gates that judge the results of the probes. */
final class ProbeGates {
    /** Of images whose answers look like probabilities, as a share; a few may by chance. */
    private static final double NEARLY_ALL = 0.99;

    private ProbeGates() {}

    /** Every image has a gradient that is not zero, but for one. */
    static GateVerdict gradientsAreThere(EndedConditions conditions) {
        Optional<Figure> share = conditions.probe(GradientProbe.FIGURE);
        return atLeast(
                share,
                share.map(f -> 1 - 1.0 / f.n()).orElse(1.0),
                conditions.labelsOfAttacks(),
                "the gradients were not looked at");
    }

    /** Of every image five passes say the same, bit for bit. */
    static GateVerdict forwardPassesAgree(EndedConditions conditions) {
        return atLeast(
                conditions.probe(ForwardPassProbe.FIGURE), 1, conditions.labels(), "the passes were not compared");
    }

    /** Every image is the same, bit for bit, when its attack is asked for again. */
    static GateVerdict attackReplaysEqual(EndedConditions conditions) {
        return atLeast(
                conditions.probe(AttackReplayProbe.FIGURE),
                1,
                conditions.labelsOfAttacks(),
                "no attack was asked for twice");
    }

    /** Not nearly all (99%) of the images' outputs look like probabilities. */
    static GateVerdict logitsAreNotProbabilities(EndedConditions conditions) {
        Optional<Figure> share = conditions.probe(LogitProbe.FIGURE);
        return share.map(unlike -> GateVerdict.of(
                        EffortGates.exceeds(unlike.value(), 1 - NEARLY_ALL),
                        conditions.labelsOfAttacks(),
                        said(unlike)))
                .orElseGet(() -> GateVerdict.notJudged("the outputs were not looked at"));
    }

    private static GateVerdict atLeast(Optional<Figure> share, double least, List<String> concerns, String missing) {
        return share.map(f -> GateVerdict.of(!EffortGates.exceeds(least, f.value()), concerns, said(f)))
                .orElseGet(() -> GateVerdict.notJudged(missing));
    }

    private static String said(Figure figure) {
        return figure.metric() + " " + EndedConditions.share(figure.value()) + " of " + figure.n() + " images";
    }
}
