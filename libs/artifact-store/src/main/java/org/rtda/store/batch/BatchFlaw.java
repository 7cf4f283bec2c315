package org.rtda.store.batch;

import java.util.Locale;

/** Why a batch that a worker sent is not what was asked for. */
public sealed interface BatchFlaw {

    /** What the worker answered with, to follow "answered with". */
    String sentence();

    /** Both as {@code [N, C, H, W]}. */
    record Shape(String found, String wanted) implements BatchFlaw {
        @Override
        public String sentence() {
            return "images of shape " + found + ", wanted " + wanted;
        }
    }

    /**
     * A pixel that no image has, or that is not a number.
     *
     * @param image its number in the batch, from 0
     */
    record OutsideRange(float pixel, int image) implements BatchFlaw {
        @Override
        public String sentence() {
            return "the pixel " + pixel + ", outside [0,1], in image " + image;
        }
    }

    /**
     * An image too far from the one that its attack started from.
     *
     * @param norm {@code Linf} or {@code L2}
     * @param image its number in the batch, from 0
     */
    record OutsideBall(String norm, double distance, double epsilon, int image) implements BatchFlaw {
        @Override
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "a perturbation of %s norm %s, more than epsilon %s, in image %d",
                    norm,
                    distance,
                    epsilon,
                    image);
        }
    }
}
