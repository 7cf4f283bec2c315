package org.rtda.nn.pytorch.attack;

import java.util.Arrays;

/**
 * Of each image the worst that an attack has seen: one that fools the network before one that does not, then that of the
 * higher loss. Until something is offered it is the clean image.
 */
final class WorstImages {
    private final AttackedImages images;
    private final float[] pixels;
    private final double[] loss;
    private final boolean[] fooled;

    WorstImages(AttackedImages images) {
        this.images = images;
        this.pixels = images.cleanPixels().clone();
        this.loss = new double[images.count()];
        this.fooled = new boolean[images.count()];
        Arrays.fill(loss, Double.NEGATIVE_INFINITY);
    }

    /** An image that needs no perturbation counts as fooled, and stays as it is. */
    static WorstImages thatAreNotWrongAlready(AttackedImages images) {
        WorstImages worst = new WorstImages(images);
        for (int image = 0; image < images.count(); image++) {
            worst.fooled[image] = images.fooled(images.cleanLogits()[image], image);
        }
        return worst;
    }

    /**
     * @param candidates pixels of all images, in which image {@code image} has this loss
     * @param fools whether it fools the network
     */
    void offer(int image, float[] candidates, double itsLoss, boolean fools) {
        if (fools && !fooled[image] || fools == fooled[image] && itsLoss > loss[image]) {
            System.arraycopy(candidates, image * images.size(), pixels, image * images.size(), images.size());
            loss[image] = itsLoss;
            fooled[image] = fools;
        }
    }

    /** The images that do not fool the network yet. */
    int[] standing() {
        return Arrays.stream(images.all()).filter(image -> !fooled[image]).toArray();
    }

    /** N x C x H x W. */
    float[] pixels() {
        return pixels;
    }
}
