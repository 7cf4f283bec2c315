package org.rtda.cli.benchmark.grid;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.Check;

/**
 * What a method computes for each image of an epoch, from its loss alone; the common measure of methods that differ in speed
 * by machine and by the number of workers.
 *
 * @param views of the image that the loss sees, each forwarded and differentiated once
 * @param attacks whether one of the views is crafted by the training attack, whose every step is one more
 */
public record TrainingCost(int views, boolean attacks) {
    private static final Map<String, TrainingCost> OF_METHOD = new LinkedHashMap<>();

    static {
        OF_METHOD.put("erm", new TrainingCost(1, false));
        OF_METHOD.put("augmix", new TrainingCost(3, false));
        OF_METHOD.put("adversarial", new TrainingCost(1, true));
        OF_METHOD.put("trades", new TrainingCost(2, true));
        OF_METHOD.put("augmix-adversarial", new TrainingCost(1, true));
        OF_METHOD.put("robust-augmix", new TrainingCost(3, true));
        OF_METHOD.put("rtda", new TrainingCost(3, true));
    }

    /** @throws org.rtda.contracts.check.InvalidFieldException for a method whose cost is not written down here */
    public static TrainingCost of(String method) {
        Check.oneOf("method", method, OF_METHOD.keySet());
        return OF_METHOD.get(method);
    }

    /** Forward-backward passes for one image of one epoch. */
    public static int gradientEvaluationsPerImage(ExperimentSpec spec) {
        TrainingCost cost = of(spec.method());
        return cost.views + (cost.attacks ? spec.attack().steps() : 0);
    }

    /** Forward-backward passes, times images, of a run of so many steps. */
    public static long gradientEvaluations(ExperimentSpec spec, long steps) {
        return steps * spec.batchSize() * gradientEvaluationsPerImage(spec);
    }
}
