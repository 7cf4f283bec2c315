package org.rtda.core.augment;

import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;

/**
 * The clean view of a training image: mirrored left to right half of the time, then padded by reflection and cropped back
 * to its size at a random place.
 */
public final class CropAndFlip {
    private CropAndFlip() {}

    /**
     * @param horizontalFlip whether to mirror with probability one half
     * @param cropPadding pixels on each side, 0 for no crop; reflected without repeating the edge (numpy's "reflect"), to
     *     and fro when it is wider than the image
     * @param seed of this image; the crop's place does not depend on whether flipping is enabled
     * @return the given image when nothing changes
     */
    public static ByteImage apply(ByteImage image, boolean horizontalFlip, int cropPadding, Seed seed) {
        if (cropPadding < 0) {
            throw new IllegalArgumentException("cropPadding must be at least 0, was " + cropPadding);
        }
        UniformRandomProvider random = seed.forPurpose("crop-and-flip").generator();
        boolean mirror = random.nextBoolean() && horizontalFlip;
        int down = random.nextInt(2 * cropPadding + 1) - cropPadding;
        int right = random.nextInt(2 * cropPadding + 1) - cropPadding;
        return mirror || down != 0 || right != 0 ? taken(image, mirror, down, right) : image;
    }

    private static ByteImage taken(ByteImage image, boolean mirror, int down, int right) {
        int height = image.height();
        int width = image.width();
        int[] fromColumn = new int[width];
        for (int column = 0; column < width; column++) {
            int reflected = reflected(column + right, width);
            fromColumn[column] = mirror ? width - 1 - reflected : reflected;
        }
        byte[] in = image.data();
        byte[] out = new byte[in.length];
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int row = 0; row < height; row++) {
                int from = (channel * height + reflected(row + down, height)) * width;
                int to = (channel * height + row) * width;
                for (int column = 0; column < width; column++) {
                    out[to + column] = in[from + fromColumn[column]];
                }
            }
        }
        return new ByteImage(image.channels(), height, width, out);
    }

    /** Where in 0..side-1 a place outside lies when the image is reflected at its outermost pixels. */
    static int reflected(int index, int side) {
        if (side == 1) {
            return 0;
        }
        int period = 2 * (side - 1);
        int within = Math.floorMod(index, period);
        return within < side ? within : period - within;
    }
}
