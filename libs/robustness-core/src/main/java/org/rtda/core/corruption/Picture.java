package org.rtda.core.corruption;

/**
 * One image of a batch.
 *
 * @param values C x H x W, row-major, in [0,1]
 */
record Picture(int channels, int height, int width, float[] values) {
    /** Luma by ITU-R 601-2, what "grey" means throughout. */
    static final double[] LUMA = {0.299, 0.587, 0.114};

    int planeSize() {
        return height * width;
    }

    int side() {
        return Math.min(height, width);
    }

    double meanGrey() {
        double sum = 0;
        for (int i = 0; i < planeSize(); i++) {
            if (channels == 3) {
                for (int k = 0; k < 3; k++) {
                    sum += LUMA[k] * values[k * planeSize() + i];
                }
            } else {
                sum += values[i];
            }
        }
        return sum / planeSize();
    }
}
