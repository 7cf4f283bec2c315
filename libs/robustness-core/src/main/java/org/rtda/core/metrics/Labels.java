package org.rtda.core.metrics;

/** Checks that predictions and labels belong together. */
final class Labels {
    private Labels() {}

    /** Images of each class. */
    static int[] counts(int[] labels, int classes) {
        if (labels.length == 0) {
            throw new IllegalArgumentException("there must be at least one image, was none");
        }
        int[] counts = new int[classes];
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("labels must be in [0, " + (classes - 1) + "], was " + label);
            }
            counts[label]++;
        }
        return counts;
    }

    static void checkSameLength(String what, int length, int labels) {
        if (length != labels) {
            throw new IllegalArgumentException(
                    what + " and labels must be equally many, were " + length + " and " + labels);
        }
    }

    /** N x K rows that are distributions, with labels to match. Gives K. */
    static int checkProbabilities(double[][] probabilities, int[] labels) {
        checkSameLength("probabilities", probabilities.length, labels.length);
        counts(labels, probabilities.length == 0 ? 0 : probabilities[0].length);
        int classes = probabilities[0].length;
        for (double[] row : probabilities) {
            double sum = 0;
            for (double p : row) {
                if (!(p >= 0 && p <= 1 + 1e-5)) {
                    throw new IllegalArgumentException("probabilities must be in [0, 1], was " + p);
                }
                sum += p;
            }
            if (row.length != classes || Math.abs(sum - 1) > 1e-3) {
                throw new IllegalArgumentException("a row must hold " + classes + " probabilities that sum to 1, held "
                        + row.length + " that sum to " + sum);
            }
        }
        return classes;
    }
}
