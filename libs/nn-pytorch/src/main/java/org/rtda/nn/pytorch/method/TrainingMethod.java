package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is minimised, over which views of a batch. */
public interface TrainingMethod {

    String name();

    /** The loss as a formula, for reports. */
    String objective();

    /** The views its loss is made of. Forward passes run in this order, each updating the batch-norm statistics. */
    List<View> views();

    /**
     * The loss of one batch; called on the engine's thread while gradients are recorded.
     *
     * @param logits N x classes by view name
     * @param targets what the logits should say
     */
    Loss loss(Map<String, NDArray> logits, TrainingLabels targets);

    /**
     * A loss and its parts.
     *
     * @param value the scalar to minimise
     * @param terms its parts by name, before weighting
     */
    record Loss(NDArray value, Map<String, NDArray> terms) {
        public Loss {
            terms = new LinkedHashMap<>(terms);
        }

        static Loss crossEntropy(NDArray crossEntropy) {
            return new Loss(crossEntropy, Map.of("cross-entropy", crossEntropy));
        }

        /** Cross entropy plus {@code lambda} times the Jensen-Shannon divergence of the views' predictions. */
        static Loss withConsistency(NDArray crossEntropy, double lambda, List<NDArray> views) {
            NDArray jensenShannon = Losses.jensenShannon(views);
            return new Loss(
                    crossEntropy.add(Losses.scaled(lambda, jensenShannon)),
                    Map.of("cross-entropy", crossEntropy, "jensen-shannon", jensenShannon));
        }
    }
}
