package org.rtda.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.DoubleStream;
import org.rtda.cli.dataset.PhantomFiles;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.variant.MethodKind;
import org.rtda.core.phantom.Modality;

/**
 * The runs of the demo: small enough for minutes on two cores, large enough to see the difference.
 *
 * @param epochs of each method
 * @param quickEvaluationEvery epochs between two evaluations on validation images
 * @param epsilon L2 radius of the attacks in training; the final evaluation attacks with a quarter, half, once and twice
 *     of it
 */
record DemoPlan(PhantomFiles.Counts counts, int epochs, int quickEvaluationEvery, double epsilon) {
    /** Pixels. */
    static final int SIDE = 28;

    private static final List<String> METHODS =
            List.of(MethodKind.namesWhere(MethodKind::undefended).get(0), MethodKind.PROPOSED);
    private static final int BATCH_SIZE = 32;
    private static final double[] EVALUATED = {0.25, 0.5, 1, 2};

    static DemoPlan of(boolean quick, Modality modality) {
        return quick
                ? new DemoPlan(new PhantomFiles.Counts(256, 64, 128, 128), 8, 4, epsilon(modality))
                : new DemoPlan(new PhantomFiles.Counts(400, 100, 200, 200), 15, 5, epsilon(modality));
    }

    /**
     * A strength that plain training does not survive and the task does: as strong a pixel as 1.0 on 3 x 32 x 32 would be
     * 0.505, which hides most of these lesions.
     */
    private static double epsilon(Modality modality) {
        return switch (modality) {
            case ULTRASOUND, CHEST_XRAY -> 0.25;
            case MAMMOGRAM -> 0.1;
        };
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
                .put("batchSize", BATCH_SIZE)
                .put("seed", seed);
        draft.putObject("attack").put("epsilon", epsilon);
        ArrayNode epsilons = draft.putObject("evaluation")
                .put("everyEpochs", quickEvaluationEvery)
                .putArray("epsilons");
        DoubleStream.of(EVALUATED).forEach(factor -> epsilons.add(factor * epsilon));
        return draft;
    }
}
