package org.rtda.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.rtda.contracts.EventCodec;

/**
 * What the demo trains: small enough for minutes on two cores, large enough to see the difference.
 *
 * @param epochs of each method
 * @param batchSize images a step
 * @param attackSteps of the final evaluation's attacks
 * @param epsilons of the final evaluation's attacks; null for the reference's six
 */
record DemoPlan(
        PhantomFiles.Counts counts,
        int epochs,
        int batchSize,
        int attackSteps,
        int everyEpochs,
        List<Double> epsilons) {
    /** Pixels. */
    static final int SIDE = 28;

    private static final List<String> METHODS = List.of("erm", "rtda");

    static DemoPlan of(boolean quick) {
        return quick
                ? new DemoPlan(new PhantomFiles.Counts(192, 64, 96, 96), 6, 32, 10, 3, List.of(0.125, 0.25, 0.5))
                : new DemoPlan(new PhantomFiles.Counts(400, 100, 200, 200), 15, 32, 10, 5, null);
    }

    /** One specification a method, alike in all but the method. */
    List<ObjectNode> drafts(String dataset, long seed) {
        return METHODS.stream().map(method -> draft(dataset, method, seed)).toList();
    }

    private ObjectNode draft(String dataset, String method, long seed) {
        ObjectNode draft = EventCodec.mapper().createObjectNode();
        draft.put("dataset", dataset)
                .put("method", method)
                .put("network", "resnet8")
                .put("epochs", epochs)
                .put("batchSize", batchSize)
                .put("seed", seed);
        ObjectNode evaluation = draft.putObject("evaluation");
        evaluation.put("everyEpochs", everyEpochs).put("attackSteps", attackSteps);
        Stream.ofNullable(epsilons).flatMap(List::stream).forEach(evaluation.withArray("epsilons")::add);
        if (epsilons == null) {
            evaluation.remove("epsilons");
        }
        return draft;
    }
}
