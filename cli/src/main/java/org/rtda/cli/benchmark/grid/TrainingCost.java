package org.rtda.cli.benchmark.grid;

import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.MethodKind;

/**
 * The gradient evaluations of a method for each image of an epoch, computed from its description ({@link MethodKind}). This
 * measure of cost does not depend on the machine and the number of workers.
 *
 * @param views of the image that the loss sees, each forwarded and differentiated once
 * @param attacks whether one of the views is crafted by the training attack, whose every step is one more
 */
public record TrainingCost(int views, boolean attacks) {
    /** @throws org.rtda.contracts.check.InvalidFieldException for a method that there is not */
    public static TrainingCost of(String method) {
        MethodKind kind = MethodKind.named(Check.oneOf("method", method, KnownNames.METHODS));
        return new TrainingCost(kind.views(), kind.attacks());
    }

    /** Forward-backward passes for one image of one epoch. */
    public static int gradientEvaluationsPerImage(ExperimentSpec spec) {
        TrainingCost cost = of(spec.method());
        return cost.views + (cost.attacks ? spec.attack().steps() : 0);
    }

    /** Forward-backward passes, times images, of a run of so many steps. Steps that an interruption made it repeat count once. */
    public static long gradientEvaluations(ExperimentSpec spec, long steps) {
        return steps * spec.batchSize() * gradientEvaluationsPerImage(spec);
    }
}
