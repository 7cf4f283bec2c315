package org.rtda.nn.pytorch.attack;

import java.util.Arrays;
import java.util.List;

/** What {@code fgsm} and {@code pgd-*} raise. */
public enum AttackObjective {
    /** The cross entropy of the true class: an image that is classified wrongly. */
    CROSS_ENTROPY("cross-entropy") {
        @Override
        LogitLoss of(AttackedImages images) {
            return images.crossEntropy();
        }
    },
    /**
     * {@code KL(p(clean) || p(perturbed))}: an image that is classified otherwise, whatever its class (TRADES, Zhang et al.,
     * ICML 2019). Its gradient is zero at the clean image itself.
     */
    KL_DIVERGENCE("kl-divergence") {
        @Override
        LogitLoss of(AttackedImages images) {
            return new DivergenceLoss(images.cleanLogits());
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

    /** The objective for one batch. */
    abstract LogitLoss of(AttackedImages images);
}
