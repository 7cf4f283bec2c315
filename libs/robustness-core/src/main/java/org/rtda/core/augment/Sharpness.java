package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/**
 * Blends with a smoothed copy; Pillow's {@code ImageEnhance.Sharpness}. The smoothing kernel is 3 x 3 with weights 5/13
 * in the middle and 1/13 around; the outermost rows and columns are not smoothed.
 */
final class Sharpness implements Operation {

    @Override
    public String name() {
        return "sharpness";
    }

    @Override
    public ByteImage apply(ByteImage image, double level, boolean negative) {
        Blend blend = new Blend(Level.enhanceFactor(level));
        byte[] in = image.data();
        byte[] out = in.clone();
        int height = image.height();
        int width = image.width();
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int row = 1; row < height - 1; row++) {
                int start = (channel * height + row) * width;
                int left = columnSum(in, start, width);
                int middle = width > 1 ? columnSum(in, start + 1, width) : 0;
                for (int i = start + 1; i < start + width - 1; i++) {
                    int right = columnSum(in, i + 1, width);
                    int value = in[i] & 0xff;
                    int sum = left + middle + right + 4 * value;
                    // sum / 13 rounded; never half way between two, since 13 is odd
                    out[i] = blend.of((2 * sum + 13) / 26, value);
                    left = middle;
                    middle = right;
                }
            }
        }
        return new ByteImage(image.channels(), height, width, out);
    }

    private static int columnSum(byte[] in, int i, int width) {
        return (in[i - width] & 0xff) + (in[i] & 0xff) + (in[i + width] & 0xff);
    }
}
