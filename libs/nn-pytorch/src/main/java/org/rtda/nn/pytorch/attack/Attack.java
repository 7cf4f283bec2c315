package org.rtda.nn.pytorch.attack;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;

/** A search, within a ball around each image, for an image that the network gets wrong. Safe for use by several threads. */
public interface Attack {

    /**
     * One adversarial image for each image.
     *
     * @param images N x C x H x W, in [0,1]
     * @param labels N, the true classes
     * @param seeds N; all randomness of image i is drawn from seed i
     * @param beforeEachPass run on the caller's thread before the network is asked anything, for callers that want to know
     *     of progress or to let others go first; what it throws ends the attack
     * @throws NonFiniteException when a gradient or a logit is NaN or infinite, naming the image
     * @throws IllegalArgumentException when shapes or counts do not fit, pixels or labels are out of range, or the network
     *     has too few classes for this attack
     */
    Perturbed perturb(FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, Runnable beforeEachPass);

    /** As above, asking nobody before a pass. */
    default Perturbed perturb(FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds) {
        return perturb(target, images, labels, seeds, () -> {});
    }

    /**
     * What an attack found.
     *
     * @param images the shape of the images given, in [0,1], each within epsilon of its image
     * @param gradientEvaluations forward-backward passes spent on the image that took the most; 0 where an attack needs none
     * @param zeroGradients images whose first gradient was zero in every pixel, a sign that it is hidden; null where an
     *     attack needs none
     */
    record Perturbed(ImageBatch images, int gradientEvaluations, Integer zeroGradients) {}
}
