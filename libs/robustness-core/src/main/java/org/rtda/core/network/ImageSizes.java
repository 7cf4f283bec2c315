package org.rtda.core.network;

import java.util.List;

/**
 * The images that a network takes: 1 or 3 channels, and sides within limits.
 *
 * @param smallestSide in pixels
 */
record ImageSizes(int smallestSide) {
    /** Activations grow with the area: at 256 x 256 a backward pass of resnet20 keeps some 100 MB an image. */
    private static final int LARGEST_SIDE = 256;

    private static final List<Integer> CHANNELS = List.of(1, 3);

    boolean hold(int channels, int height, int width) {
        return CHANNELS.contains(channels)
                && Math.min(height, width) >= smallestSide
                && Math.max(height, width) <= LARGEST_SIDE;
    }

    String inWords() {
        return "1 or 3 channels and sides of " + smallestSide + " to " + LARGEST_SIDE + " pixels";
    }
}
