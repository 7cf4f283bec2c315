package org.rtda.core.augment;

/**
 * Cubic convolution (Keys, IEEE TASSP 1981) with the parameter -1 between the second and third of four values, {@code v1 + t
 * (linear + t (square + t cube))}, with the order of sums of Pillow's bicubic resampling: it decides the last bit, and
 * with it where a value is cut.
 *
 * <p>The loops run over whole lines. The compiler turns a loop into vector instructions when it is short and reads and writes every
 * array at the loop's own index; hence the many loops and arrays, which
 * take less than half the time of one loop.
 */
final class CubicConvolution {
    /** Values that repeat the outermost ones, at either end of a line. */
    static final int MARGIN = 2;

    private CubicConvolution() {}

    /**
     * A row or column with its ends repeated, so that no neighbour needs a check.
     *
     * @param step from one value to the next
     * @param levels what each stored value stands for
     * @param line as long as the row or column and twice the margin
     */
    static void read(byte[] in, int start, int step, double[] levels, double[] line) {
        int end = line.length - MARGIN;
        for (int i = MARGIN, at = start; i < end; i++, at += step) {
            line[i] = levels[in[at] & 0xff];
        }
        for (int i = 0; i < MARGIN; i++) {
            line[i] = line[MARGIN];
            line[end + i] = line[end - 1];
        }
    }

    static void linear(double[] v0, double[] v2, double[] linear) {
        for (int i = 0; i < linear.length; i++) {
            linear[i] = v2[i] - v0[i];
        }
    }

    static void square(double[] v0, double[] v1, double[] v2, double[] v3, double[] square) {
        for (int i = 0; i < square.length; i++) {
            square[i] = 2 * (v0[i] - v1[i]) + v2[i] - v3[i];
        }
    }

    static void cube(double[] v0, double[] v1, double[] v2, double[] v3, double[] cube) {
        for (int i = 0; i < cube.length; i++) {
            cube[i] = v1[i] - v0[i] - v2[i] + v3[i];
        }
    }

    /** All of it, for numbers from (inclusive) to to (exclusive). */
    static void interpolate(
            double[] v0, double[] v1, double[] v2, double[] v3, double[] t, double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = v1[i] - v0[i] - v2[i] + v3[i];
        }
        for (int i = from; i < to; i++) {
            values[i] = t[i] * (2 * (v0[i] - v1[i]) + v2[i] - v3[i] + t[i] * values[i]);
        }
        for (int i = from; i < to; i++) {
            values[i] = v1[i] + t[i] * (v2[i] - v0[i] + values[i]);
        }
    }

    /** Cuts values towards zero, clips them to 0..255 and writes them to at, at + step and on. */
    static void cut(double[] values, int from, int to, byte[] out, int at, int step) {
        for (int i = from, target = at; i < to; i++, target += step) {
            out[target] = PointOperation.clipped((int) values[i]);
        }
    }
}
