package org.rtda.evaluator.figures;

/** Softmax of logits, in double precision. */
public final class Probabilities {
    private Probabilities() {}

    /** The softmax of each row, N x classes. */
    static double[][] of(float[][] logits) {
        double[][] probabilities = new double[logits.length][];
        for (int i = 0; i < logits.length; i++) {
            float[] row = logits[i];
            double greatest = row[Figures.likeliest(row)];
            double[] shares = new double[row.length];
            double sum = 0;
            for (int c = 0; c < row.length; c++) {
                shares[c] = Math.exp(row[c] - greatest);
                sum += shares[c];
            }
            for (int c = 0; c < row.length; c++) {
                shares[c] /= sum;
            }
            probabilities[i] = shares;
        }
        return probabilities;
    }

    /** The probability of every other class together, N: of disease, where the class is the healthy one. */
    public static double[] ofAllBut(int klass, float[][] logits) {
        double[][] probabilities = of(logits);
        double[] others = new double[logits.length];
        for (int i = 0; i < others.length; i++) {
            for (int c = 0; c < probabilities[i].length; c++) {
                others[i] += c == klass ? 0 : probabilities[i][c];
            }
        }
        return others;
    }

    /** The logarithm of their odds, N: orders images as {@link #ofAllBut} does, without its rounding to 0 and 1. */
    static double[] logOddsOfAllBut(int klass, float[][] logits) {
        double[] odds = new double[logits.length];
        for (int i = 0; i < odds.length; i++) {
            float[] row = logits[i];
            double greatest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < row.length; c++) {
                greatest = c == klass ? greatest : Math.max(greatest, row[c]);
            }
            double sum = 0;
            for (int c = 0; c < row.length; c++) {
                sum += c == klass ? 0 : Math.exp(row[c] - greatest);
            }
            odds[i] = greatest - row[klass] + Math.log(sum);
        }
        return odds;
    }
}
