package org.rtda.core.corruption;

/**
 * One image of a batch.
 *
 * @param values C x H x W, row-major, in [0,1]
 */
record BatchImage(int channels, int height, int width, float[] values) {
    /** Luma by ITU-R 601-2, what "grey" means throughout. */
    static final double[] LUMA = {0.299, 0.587, 0.114};

    int planeSize() {
        return height * width;
    }

    int side() {
        return Math.min(height, width);
    }

    static double luma(double red, double green, double blue) {
        return LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
    }

    double meanGrey() {
        double sum = 0;
        if (channels == 3) {
            for (int i = 0; i < planeSize(); i++) {
                for (int k = 0; k < 3; k++) {
                    sum += LUMA[k] * values[k * planeSize() + i];
                }
            }
            return sum / planeSize();
        }
        // four sums, so that none waits for the addition before; of 8-bit images their total is exact in any order
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i < values.length - 3; i += 4) {
            sum += values[i];
            second += values[i + 1];
            third += values[i + 2];
            fourth += values[i + 3];
        }
        for (; i < values.length; i++) {
            sum += values[i];
        }
        return (sum + second + third + fourth) / planeSize();
    }
}
