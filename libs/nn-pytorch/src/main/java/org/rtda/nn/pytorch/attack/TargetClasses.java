package org.rtda.nn.pytorch.attack;

import java.util.ArrayList;
import java.util.List;

/** The wrong classes that targeted attacks try in turn, as AutoAttack does. */
final class TargetClasses {
    private static final int MOST = 9;

    private TargetClasses() {}

    /**
     * For each turn a class an image: first that of the clean image's second-largest logit, then that of the third, at most
     * nine in all.
     */
    static List<int[]> likeliestFirst(AttackedImages images) {
        List<int[]> turns = new ArrayList<>();
        for (int rank = 1; rank < Math.min(images.classes(), MOST + 1); rank++) {
            int[] targets = new int[images.count()];
            for (int image = 0; image < targets.length; image++) {
                targets[image] = LogitLoss.ranked(images.cleanLogits()[image])[rank];
            }
            turns.add(targets);
        }
        return turns;
    }
}
