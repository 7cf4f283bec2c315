package org.rtda.imaging.prepare;

/**
 * How the values of a line become those of a longer or a shorter one: a triangle as wide as one value of the coarser of both lines
 * to each side (antialiased bilinear filtering, as Pillow's {@code BILINEAR} and torchvision with {@code antialias=True}). Weights
 * and sums are double precision.
 *
 * <p>The line that is read is a window of another line. What of the window lies outside that line counts as 0.
 */
final class Resampling {
    /** By which manifests call it. */
    static final String NAME = "antialiased-bilinear";

    private final int[] first;
    private final double[][] weights;

    /**
     * @param line values of the line that is there
     * @param from where the window begins; negative where it begins before the line
     * @param window values of the window
     * @param wanted values of the result
     */
    Resampling(int line, int from, int window, int wanted) {
        this.first = new int[wanted];
        this.weights = new double[wanted][];
        double scale = (double) window / wanted;
        double support = Math.max(1, scale);
        for (int i = 0; i < wanted; i++) {
            double centre = (i + 0.5) * scale;
            int begin = Math.max(0, (int) Math.floor(centre - support));
            int end = Math.min(window, (int) Math.ceil(centre + support));
            double[] all = new double[end - begin];
            double sum = 0;
            for (int k = 0; k < all.length; k++) {
                all[k] = Math.max(0, 1 - Math.abs((begin + k + 0.5 - centre) / support));
                sum += all[k];
            }
            // of the line itself: the rest of the window is black
            int there = Math.max(0, begin + from);
            int until = Math.min(line, end + from);
            first[i] = there;
            weights[i] = new double[Math.max(0, until - there)];
            for (int k = 0; k < weights[i].length; k++) {
                weights[i][k] = all[there - from - begin + k] / sum;
            }
        }
    }

    int wanted() {
        return first.length;
    }

    /** Of the first value that counts. */
    int first(int i) {
        return first[i];
    }

    double[] weights(int i) {
        return weights[i];
    }
}
