package org.rtda.core.corruption;

/**
 * 8 x 8 blocks of a JPEG image through the accurate integer cosine transform of the Independent JPEG Group ("islow"; after
 * Loeffler, Ligtenberg and Moschytz, ICASSP 1989), quantised, and back. The same integers as libjpeg and libjpeg-turbo give.
 *
 * <p>All blocks are treated together. Eight arrays, the lines, hold their columns, so that the transform of rows adds up whole lines;
 * between the two transposes they hold their rows. The compiler makes vector instructions of such loops as long as they are short,
 * shift by constants and have the same offset in all arrays.
 */
final class JpegBlocks {
    /** So many blocks and what they are turned into are 32 KB, as much as the nearest cache holds. */
    static final int AT_ONCE = 64;

    private static final int CONSTANT_BITS = 13;
    private static final int EXTRA_BITS = 2;
    private static final int ROWS_SHIFT = CONSTANT_BITS - EXTRA_BITS;
    private static final int FREQUENCIES_SHIFT = CONSTANT_BITS + EXTRA_BITS;
    private static final int SAMPLES_SHIFT = CONSTANT_BITS + EXTRA_BITS + 3;
    private static final int RECIPROCAL_SHIFT = 21;

    /**
     * The transform's matrix in 2^-13, but half of it: row k, column n is what input n counts for in output k; input 7 - n counts as
     * much in an even output and the opposite in an odd one. The original shares multiplications among outputs; multiplied out, its
     * rounded constants add up to these, and since integers are exact, the results are the same.
     */
    private static final int[][] FORWARD = forwardMatrix();

    /** Row n: what the four even outputs, and in row 7 - n the four odd ones, count for in input n. */
    private static final int[][] BACKWARD = backwardMatrix();

    private final int bands;
    private final int across;
    /** Of column k of each block the values: image row by image row, and block by block in a row. */
    private int[][] lines;

    private int[][] spare;

    /** @param bands of {@code across} blocks each, one above the other */
    JpegBlocks(int bands, int across) {
        this.bands = bands;
        this.across = across;
        lines = new int[8][8 * bands * across];
        spare = new int[8][8 * bands * across];
    }

    /** @param samples 0 to 255, in rows of 8 values a block; the blocks' begin at {@code at} */
    void load(int[] samples, int at) {
        deinterleave(samples, at, lines[0], lines[1], lines[2], lines[3]);
        deinterleave(samples, at + 4, lines[4], lines[5], lines[6], lines[7]);
    }

    void store(int[] samples, int at) {
        interleave(lines[0], lines[1], lines[2], lines[3], samples, at);
        interleave(lines[4], lines[5], lines[6], lines[7], samples, at + 4);
    }

    /** @param steps the quantisation table, row by row */
    void roundTrip(int[] steps) {
        for (int[] line : lines) {
            centre(line);
        }
        forward();
        for (int[] line : lines) {
            descale(line);
        }
        rowsToColumns();
        forward();
        int count = bands * across;
        for (int i = 0; i < 64; i++) {
            quantise(lines[i / 8], i % 8 * count, count, steps[i]);
        }
        backward();
        for (int[] line : lines) {
            descale(line);
        }
        columnsToRows();
        backward();
        for (int[] line : lines) {
            finish(line);
        }
    }

    /** Line k had column k of all blocks and gets their row k: all blocks' first value, then all blocks' second, and so on. */
    private void rowsToColumns() {
        for (int band = 0; band < bands; band++) {
            for (int i = 0; i < 64; i++) {
                System.arraycopy(
                        lines[i % 8],
                        (band * 8 + i / 8) * across,
                        spare[i / 8],
                        (i % 8 * bands + band) * across,
                        across);
            }
        }
        swapWithSpare();
    }

    /** The other way round. */
    private void columnsToRows() {
        for (int band = 0; band < bands; band++) {
            for (int i = 0; i < 64; i++) {
                System.arraycopy(
                        lines[i / 8],
                        (i % 8 * bands + band) * across,
                        spare[i % 8],
                        (band * 8 + i / 8) * across,
                        across);
            }
        }
        swapWithSpare();
    }

    private void forward() {
        for (int n = 0; n < 4; n++) {
            addAndSubtract(lines[n], lines[7 - n]);
        }
        for (int k = 0; k < 8; k += 2) {
            combine(FORWARD[k], lines[0], lines[1], lines[2], lines[3], spare[k]);
            combine(FORWARD[k + 1], lines[7], lines[6], lines[5], lines[4], spare[k + 1]);
        }
        swapWithSpare();
    }

    private void backward() {
        for (int n = 0; n < 4; n++) {
            combine(BACKWARD[n], lines[0], lines[2], lines[4], lines[6], spare[n]);
            combine(BACKWARD[7 - n], lines[1], lines[3], lines[5], lines[7], spare[7 - n]);
        }
        swapWithSpare();
        for (int n = 0; n < 4; n++) {
            addAndSubtract(lines[n], lines[7 - n]);
        }
    }

    private void swapWithSpare() {
        int[][] before = lines;
        lines = spare;
        spare = before;
    }

    private static void deinterleave(int[] samples, int at, int[] a, int[] b, int[] c, int[] d) {
        for (int i = 0; i < a.length; i++) {
            a[i] = samples[at + 8 * i];
            b[i] = samples[at + 8 * i + 1];
            c[i] = samples[at + 8 * i + 2];
            d[i] = samples[at + 8 * i + 3];
        }
    }

    private static void interleave(int[] a, int[] b, int[] c, int[] d, int[] samples, int at) {
        for (int i = 0; i < a.length; i++) {
            samples[at + 8 * i] = a[i];
            samples[at + 8 * i + 1] = b[i];
            samples[at + 8 * i + 2] = c[i];
            samples[at + 8 * i + 3] = d[i];
        }
    }

    private static void centre(int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= 128;
        }
    }

    private static void addAndSubtract(int[] a, int[] b) {
        for (int i = 0; i < a.length; i++) {
            int sum = a[i] + b[i];
            int difference = a[i] - b[i];
            a[i] = sum;
            b[i] = difference;
        }
    }

    private static void combine(int[] factors, int[] a, int[] b, int[] c, int[] d, int[] sums) {
        int ofA = factors[0];
        int ofB = factors[1];
        int ofC = factors[2];
        int ofD = factors[3];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
        }
    }

    private static void descale(int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] + (1 << ROWS_SHIFT - 1)) >> ROWS_SHIFT;
        }
    }

    private static void quantise(int[] values, int from, int count, int step) {
        int reciprocal = reciprocal(step);
        for (int i = 0; i < count; i++) {
            int value = (values[from + i] + (1 << FREQUENCIES_SHIFT - 1)) >> FREQUENCIES_SHIFT;
            int sign = value >> 31;
            int level = level((value ^ sign) - sign, step, reciprocal);
            values[from + i] = ((level ^ sign) - sign) * step;
        }
    }

    /**
     * {@code size / (8 step)} to the nearest integer, halves up, since the transform's output is 8 times too large. It is
     * {@code (size / 4 + step) / (2 step)} with both rounded down, and a multiplication there is exact for numerators below
     * 4096. There are none larger: 8-bit samples give sizes up to 8192, and a step is at most 255.
     */
    static int level(int size, int step, int reciprocal) {
        return ((size >> 2) + step) * reciprocal >>> RECIPROCAL_SHIFT;
    }

    static int reciprocal(int step) {
        return (1 << RECIPROCAL_SHIFT) / (2 * step) + 1;
    }

    private static void finish(int[] values) {
        for (int i = 0; i < values.length; i++) {
            int value = ((values[i] + (1 << SAMPLES_SHIFT - 1)) >> SAMPLES_SHIFT) + 128;
            values[i] = 255 - positive(255 - positive(value));
        }
    }

    /** At least 0; Math.max would not become a vector instruction. */
    private static int positive(int value) {
        return value & ~(value >> 31);
    }

    private static int[][] forwardMatrix() {
        int c0298 = fixed(0.298631336);
        int c0390 = fixed(0.390180644);
        int c0541 = fixed(0.541196100);
        int c0765 = fixed(0.765366865);
        int c0899 = fixed(0.899976223);
        int c1175 = fixed(1.175875602);
        int c1501 = fixed(1.501321110);
        int c1847 = fixed(1.847759065);
        int c1961 = fixed(1.961570560);
        int c2053 = fixed(2.053119869);
        int c2562 = fixed(2.562915447);
        int c3072 = fixed(3.072711026);
        int one = fixed(1);
        return new int[][] {
            {one, one, one, one},
            {c1501 - c0899 - c0390 + c1175, c1175, c1175 - c0390, c1175 - c0899},
            {c0541 + c0765, c0541, -c0541, -c0541 - c0765},
            {c1175, c3072 - c2562 - c1961 + c1175, c1175 - c2562, c1175 - c1961},
            {one, -one, -one, one},
            {c1175 - c0390, c1175 - c2562, c2053 - c2562 - c0390 + c1175, c1175},
            {c0541, c0541 - c1847, c1847 - c0541, -c0541},
            {c1175 - c0899, c1175 - c1961, c1175, c0298 - c0899 - c1961 + c1175}
        };
    }

    private static int[][] backwardMatrix() {
        int[][] matrix = new int[8][4];
        for (int n = 0; n < 4; n++) {
            for (int k = 0; k < 4; k++) {
                matrix[n][k] = FORWARD[2 * k][n];
                matrix[7 - n][k] = FORWARD[2 * k + 1][n];
            }
        }
        return matrix;
    }

    private static int fixed(double constant) {
        return (int) Math.round(constant * (1 << CONSTANT_BITS));
    }
}
