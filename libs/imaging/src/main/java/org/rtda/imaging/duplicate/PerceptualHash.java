package org.rtda.imaging.duplicate;

/**
 * 64 bits that change little where a picture changes little: the signs, against their median, of the 8 x 8 lowest frequencies of a
 * discrete cosine transform of the picture at 32 x 32 (after Zauner, "Implementation and Benchmarking of Perceptual Image Hash
 * Functions", 2010). Here the constant term is left out of the median and its bit is 0, so brightness does not count. The picture is
 * brought to 32 x 32 by averaging or repeating its values.
 */
final class PerceptualHash {
    private static final int SIDE = 32;
    private static final int LOWEST = 8;
    private static final double[][] COSINES = new double[LOWEST][SIDE];

    static {
        for (int u = 0; u < LOWEST; u++) {
            for (int x = 0; x < SIDE; x++) {
                COSINES[u][x] = Math.cos(Math.PI * (2 * x + 1) * u / (2.0 * SIDE));
            }
        }
    }

    private PerceptualHash() {}

    /** @param pixels C x H x W, row-major, one unsigned byte a value; the channels are averaged */
    static long of(byte[] pixels, int height, int width) {
        double[] small = shrunk(pixels, height, width);
        double[] frequencies = lowFrequencies(small);
        double median = medianWithoutFirst(frequencies);
        long hash = 0;
        for (int i = 1; i < frequencies.length; i++) {
            if (frequencies[i] > median) {
                hash |= 1L << i;
            }
        }
        return hash;
    }

    private static double[] shrunk(byte[] pixels, int height, int width) {
        double[] rows = new double[SIDE * width];
        int channels = pixels.length / (height * width);
        for (int y = 0; y < SIDE; y++) {
            double from = (double) y * height / SIDE;
            double to = (double) (y + 1) * height / SIDE;
            for (int row = (int) from; row < to && row < height; row++) {
                double part = Math.min(row + 1, to) - Math.max(row, from);
                for (int channel = 0; channel < channels; channel++) {
                    int at = (channel * height + row) * width;
                    for (int x = 0; x < width; x++) {
                        rows[y * width + x] += part * (pixels[at + x] & 0xff);
                    }
                }
            }
        }
        double[] small = new double[SIDE * SIDE];
        for (int x = 0; x < SIDE; x++) {
            double from = (double) x * width / SIDE;
            double to = (double) (x + 1) * width / SIDE;
            for (int column = (int) from; column < to && column < width; column++) {
                double part = Math.min(column + 1, to) - Math.max(column, from);
                for (int y = 0; y < SIDE; y++) {
                    small[y * SIDE + x] += part * rows[y * width + column];
                }
            }
        }
        return small;
    }

    private static double[] lowFrequencies(double[] small) {
        double[] half = new double[LOWEST * SIDE];
        for (int u = 0; u < LOWEST; u++) {
            for (int y = 0; y < SIDE; y++) {
                double sum = 0;
                for (int x = 0; x < SIDE; x++) {
                    sum += small[y * SIDE + x] * COSINES[u][x];
                }
                half[u * SIDE + y] = sum;
            }
        }
        double[] frequencies = new double[LOWEST * LOWEST];
        for (int v = 0; v < LOWEST; v++) {
            for (int u = 0; u < LOWEST; u++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    sum += half[u * SIDE + y] * COSINES[v][y];
                }
                frequencies[v * LOWEST + u] = sum;
            }
        }
        return frequencies;
    }

    private static double medianWithoutFirst(double[] values) {
        double[] sorted = java.util.Arrays.copyOfRange(values, 1, values.length);
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
