package org.rtda.core.augment;

/**
 * Moves each line of an image (row or column) along itself, in proportion to its number, with the arithmetic of Pillow's {@code
 * Image.transform(AFFINE, BICUBIC)} as in {@link BicubicAffine}: across the lines every place is a pixel's centre, where
 * cubic convolution leaves the value as it is. So four taps do, and they are neighbours.
 */
final class CubicShear {
    /** Further from a whole number than roundings can move a place: they stay below 1e-9 in lines up to a million pixels. */
    private static final double CLEAR = 1e-6;

    private final double shear;
    private final int length;
    /** From one value of a line to the next. */
    private final int step;

    /** -1 and up: reading numbers is cheaper than converting them. */
    private final double[] numbers;

    /** One half and up. */
    private final double[] centres;

    /** The line with its ends repeated, so that no tap needs a check. */
    private final double[] padded;

    private final double[] left;
    private final double[] fractions;
    private final double[] whole;
    private final double[][] taps;
    private final double[] values;

    private CubicShear(double shear, int length, int step) {
        this.shear = shear;
        this.length = length;
        this.step = step;
        this.numbers = fromMinusOne(length + 1);
        this.centres = new double[length];
        for (int i = 0; i < length; i++) {
            centres[i] = i + 0.5;
        }
        this.padded = new double[length + 2 * CubicConvolution.MARGIN];
        this.left = new double[length];
        this.fractions = new double[length];
        this.whole = new double[length];
        this.taps = new double[4][length];
        this.values = new double[length];
    }

    /** -1 and up, as many as count and one more. */
    private static double[] fromMinusOne(int count) {
        double[] numbers = new double[count + 1];
        for (int i = 0; i <= count; i++) {
            numbers[i] = i - 1;
        }
        return numbers;
    }

    /** @param shear pixels by which a row's distance to the upper edge moves where its pixels come from */
    static MappedImage ofRows(MappedImage image, double shear) {
        return new CubicShear(shear, image.width(), 1).apply(image, image.height(), image.width());
    }

    /** @param shear pixels by which a column's distance to the left edge moves where its pixels come from */
    static MappedImage ofColumns(MappedImage image, double shear) {
        return new CubicShear(shear, image.height(), image.width()).apply(image, image.width(), 1);
    }

    private MappedImage apply(MappedImage image, int lines, int lineStep) {
        byte[] out = new byte[image.stored().length];
        for (int channel = 0; channel < image.channels(); channel++) {
            double[] levels = image.levels(channel);
            for (int line = 0; line < lines; line++) {
                int start = channel * image.size() + line * lineStep;
                move(shear * (line + 0.5), image.stored(), levels, out, start);
            }
        }
        return image.withValues(out);
    }

    private void move(double shift, byte[] in, double[] levels, byte[] out, int start) {
        int from = 0;
        while (from < length && centres[from] + shift < 0) {
            from++;
        }
        int to = length;
        while (to > from && centres[to - 1] + shift >= length) {
            to--;
        }
        if (from == to) {
            return;
        }
        CubicConvolution.read(in, start, step, levels, padded);
        for (int i = from; i < to; i++) {
            // a pixel's centre, moved, and from there to the corner: what Pillow computes first decides the last bit
            left[i] = centres[i] + shift - 0.5;
        }
        while (from < to) {
            from = moveRun(from, to, out, start);
        }
    }

    /**
     * As far as each place lies one pixel after the one before: to the end, unless a rounding lets two places share a pixel or
     * leave one out.
     *
     * @return where it ended
     */
    private int moveRun(int from, int to, byte[] out, int start) {
        int first = (int) (left[from] + 1); // at least -0.5, so that what is cut is positive
        double distance = left[from] - numbers[first];
        int end = distance > CLEAR && distance < 1 - CLEAR ? to : endOfRun(first, from, to);
        System.arraycopy(numbers, first, whole, from, end - from);
        for (int i = from; i < end; i++) {
            fractions[i] = left[i] - whole[i];
        }
        // numbers begin with -1, to the left of which the margin holds one more value
        for (int tap = 0; tap < 4; tap++) {
            System.arraycopy(padded, first + tap, taps[tap], from, end - from);
        }
        CubicConvolution.interpolate(taps[0], taps[1], taps[2], taps[3], fractions, values, from, end);
        CubicConvolution.cut(values, from, end, out, start + from * step, step);
        return end;
    }

    private int endOfRun(int first, int from, int to) {
        int end = from + 1;
        while (end < to && (int) (left[end] + 1) == first + end - from) {
            end++;
        }
        return end;
    }
}
