package org.rtda.core.metrics;

/**
 * Half the mean squared distance between the predicted distribution and the true class (Brier, Monthly Weather Review 78,
 * 1950, halved): in [0,1], and for two classes the mean of {@code (p1 - y)^2}.
 *
 * <p>Its interval is the exact one of a proportion ({@link ClopperPearson}) of more images: a proportion has the variance
 * {@code p (1 - p)}, a mean of scores in [0,1] at most so much, and the less it has the more images it is worth. The share of
 * it that the scores have is measured with two images more, one of the best score and one of the worst, so that scores
 * which are all alike, or of which the rare bad ones were not drawn, do not pass for exact.
 */
public final class BrierScore {
    private BrierScore() {}

    /** @param probabilities N x K, each row a distribution */
    public static Estimate brierScore(double[][] probabilities, int[] labels) {
        int classes = Labels.checkProbabilities(probabilities, labels);
        double[] scores = new double[labels.length];
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int k = 0; k < classes; k++) {
                double off = probabilities[i][k] - (labels[i] == k ? 1 : 0);
                scores[i] += off * off / 2;
            }
            scores[i] = Math.min(1, scores[i]);
            sum += scores[i];
        }
        double mean = sum / scores.length;
        return ClopperPearson.ofMean(mean, scores.length, shareOfVariance(scores, mean));
    }

    /** In (0, 1]; 1 where the mean is 0 or 1 and leaves no variance to have a share of. */
    private static double shareOfVariance(double[] scores, double mean) {
        double most = mean * (1 - mean);
        if (most <= 0) {
            return 1;
        }
        double squares = mean * mean + (1 - mean) * (1 - mean);
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        return Math.min(1, squares / (scores.length + 2) / most);
    }
}
