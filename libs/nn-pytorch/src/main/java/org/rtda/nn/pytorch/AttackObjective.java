package org.rtda.nn.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.rtda.core.ImageBatch;

/** What an attack raises. */
public enum AttackObjective {
    /** The cross entropy of the true class: an image that is classified wrongly. */
    CROSS_ENTROPY("cross-entropy") {
        @Override
        Raised around(FrozenNetwork target, ImageBatch clean, int[] labels) {
            Labels.require(labels, clean.count(), target.architecture().classes());
            return (call, logits) -> Losses.summedCrossEntropy(logits, Labels.load(call, labels));
        }
    },
    /**
     * {@code KL(p(clean) || p(perturbed))}: an image that is classified otherwise, whatever its class (TRADES, Zhang et al.,
     * ICML 2019). Its gradient is zero at the clean image itself.
     */
    KL_DIVERGENCE("kl-divergence") {
        @Override
        Raised around(FrozenNetwork target, ImageBatch clean, int[] labels) {
            float[][] reference = target.logits(clean);
            return (call, logits) -> Losses.summedDivergence(call.create(reference), logits);
        }
    };

    private final String title;

    AttackObjective(String title) {
        this.title = title;
    }

    /** {@code cross-entropy} or {@code kl-divergence}. */
    public String title() {
        return title;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(AttackObjective::title).toList();
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    public static AttackObjective named(String name) {
        return Arrays.stream(values())
                .filter(objective -> objective.title.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("objective must be one of " + names() + ", was " + name));
    }

    /** The objective for one batch, of which {@code clean} are the images that the attack starts from. */
    abstract Raised around(FrozenNetwork target, ImageBatch clean, int[] labels);

    /** Summed over the batch, so that an image's gradient does not depend on how many there are. */
    interface Raised {
        NDArray of(NDManager call, NDArray logits);
    }
}
