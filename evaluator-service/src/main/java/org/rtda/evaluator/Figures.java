package org.rtda.evaluator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.core.Seed;
import org.rtda.core.metrics.Accuracy;
import org.rtda.core.metrics.Auroc;
import org.rtda.core.metrics.BalancedAccuracy;
import org.rtda.core.metrics.Estimate;

/** Logits and labels as the figures of a condition, each with its 95% interval and n. */
final class Figures {
    private Figures() {}

    /**
     * @param logits N x classes, finite
     * @param labels N, each below the number of classes
     * @param classes names by label
     * @param seed of the bootstrap
     * @return {@code accuracy}, {@code majority-rate} (what naming the most frequent class always would reach),
     *     {@code balanced-accuracy}, and with two classes {@code sensitivity} (of class 1), {@code specificity} and
     *     {@code auroc}; value null, with a note, where one is not defined
     */
    static List<Figure> of(float[][] logits, int[] labels, List<String> classes, Seed seed) {
        int n = labels.length;
        int[] predicted = new int[n];
        int[] counts = new int[classes.size()];
        for (int i = 0; i < n; i++) {
            predicted[i] = likeliest(logits[i]);
            counts[labels[i]]++;
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(defined("accuracy", Accuracy.accuracy(predicted, labels), null));
        figures.add(defined("majority-rate", Accuracy.majorityRate(labels, classes.size()), null));
        figures.add(figure(
                "balanced-accuracy",
                BalancedAccuracy.balancedAccuracy(
                        predicted, labels, classes.size(), seed.forPurpose("balanced-accuracy")),
                n,
                missingClasses(counts, classes)));
        if (classes.size() == 2) {
            figures.add(share("sensitivity", Accuracy.sensitivity(predicted, labels), classes.get(1)));
            figures.add(share("specificity", Accuracy.specificity(predicted, labels), classes.get(0)));
            double[] scores = new double[n];
            for (int i = 0; i < n; i++) {
                // Orders images as the probability of class 1 does, without its rounding to 0 and 1.
                scores[i] = (double) logits[i][1] - logits[i][0];
            }
            figures.add(figure(
                    "auroc",
                    Auroc.auroc(scores, labels, seed.forPurpose("auroc")),
                    n,
                    missingClasses(counts, classes)));
        }
        return figures;
    }

    /** The first of the largest. */
    static int likeliest(float[] logits) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    private static Figure share(String metric, Optional<Estimate> estimate, String name) {
        return estimate.map(e -> defined(metric, e, "share of class " + name + " found"))
                .orElseGet(() -> new Figure(metric, null, null, null, 0, "no images of class " + name));
    }

    private static String missingClasses(int[] counts, List<String> classes) {
        List<String> missing = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                missing.add(classes.get(c));
            }
        }
        return missing.isEmpty() ? "not defined on these images" : "no images of class " + String.join(", ", missing);
    }

    private static Figure figure(String metric, Optional<Estimate> estimate, int n, String whyNot) {
        return estimate.map(e -> defined(metric, e, null))
                .orElseGet(() -> new Figure(metric, null, null, null, n, whyNot));
    }

    private static Figure defined(String metric, Estimate estimate, String note) {
        return new Figure(metric, estimate.value(), estimate.low(), estimate.high(), estimate.n(), note);
    }
}
