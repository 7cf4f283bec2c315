package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.Predictions;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.Wilson;

/**
 * The images whose confidence lies in one of 15 equally wide bins, open below and closed above.
 *
 * @param low its lower end
 * @param high its upper end
 * @param confidence the mean over its images
 * @param accuracy the share of them that is judged rightly, with Wilson's 95% interval
 */
public record ReliabilityBin(double low, double high, double confidence, Estimate accuracy) {
    public static final int BINS = 15;

    /** Those that hold images, by confidence. */
    public static List<ReliabilityBin> of(Predictions predictions) {
        int[] counts = new int[BINS];
        double[] confidences = new double[BINS];
        int[] right = new int[BINS];
        for (int i = 0; i < predictions.labels().size(); i++) {
            int predicted = predictions.predicted().get(i);
            double confidence = predictions.probabilities().get(i).get(predicted);
            int b = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
            counts[b]++;
            confidences[b] += confidence;
            right[b] += predicted == predictions.labels().get(i) ? 1 : 0;
        }
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (counts[b] > 0) {
                bins.add(new ReliabilityBin(
                        b / (double) BINS,
                        (b + 1) / (double) BINS,
                        confidences[b] / counts[b],
                        Wilson.interval(right[b], counts[b])));
            }
        }
        return List.copyOf(bins);
    }
}
