package org.rtda.nn.pytorch.attack;

import java.util.ArrayList;
import java.util.List;

/** What the variants of APGD raise, one after the other until an image is fooled. */
enum ApgdLoss {
    CROSS_ENTROPY("apgd-ce", 2) {
        @Override
        List<LogitLoss> of(AttackedImages images) {
            return List.of(images.crossEntropy());
        }
    },
    MARGIN("apgd-margin", 2) {
        @Override
        List<LogitLoss> of(AttackedImages images) {
            return List.of(new MarginLoss(images.labels()));
        }
    },
    LOGITS_RATIO("apgd-dlr", 3) {
        @Override
        List<LogitLoss> of(AttackedImages images) {
            return List.of(new LogitsRatioLoss(images.labels(), null));
        }
    },
    TARGETED_LOGITS_RATIO("apgd-targeted-dlr", 4) {
        @Override
        List<LogitLoss> of(AttackedImages images) {
            List<LogitLoss> losses = new ArrayList<>();
            for (int[] targets : TargetClasses.likeliestFirst(images)) {
                losses.add(new LogitsRatioLoss(images.labels(), targets));
            }
            return losses;
        }
    };

    private final String attack;
    private final int leastClasses;

    ApgdLoss(String attack, int leastClasses) {
        this.attack = attack;
        this.leastClasses = leastClasses;
    }

    /** The name of the attack that raises it. */
    String attack() {
        return attack;
    }

    /** @throws IllegalArgumentException when the loss is not defined on so few classes, naming what is */
    void requireClasses(int classes) {
        if (classes < leastClasses) {
            throw new IllegalArgumentException("attack " + attack + " needs a network of at least " + leastClasses
                    + " classes, this one has " + classes + ": use "
                    + (classes == 2 ? "apgd-ce and apgd-margin; the attack set aa-binary has them" : "apgd-dlr"));
        }
    }

    abstract List<LogitLoss> of(AttackedImages images);
}
