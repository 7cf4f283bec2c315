package org.rtda.evaluator.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.core.metrics.Accuracy;
import org.rtda.core.metrics.Auroc;
import org.rtda.core.metrics.BalancedAccuracy;
import org.rtda.core.metrics.BrierScore;
import org.rtda.core.metrics.CalibrationError;
import org.rtda.core.metrics.Estimate;

/**
 * Logits and labels as the figures of a condition, each with its 95% interval (that of its class in {@code
 * org.rtda.core.metrics}) and n, what a constant answer scores in it, and whether its healthy class was assumed. Disease is
 * every class but the healthy one.
 */
public final class Figures {
    private static final String NO_HEALTHY_CLASS = "no class of this data set is known to be the healthy one";

    private final float[][] logits;
    private final int[] labels;
    private final List<String> classes;
    private final Integer healthyClass;
    private final int[] predicted;
    private final int[] counts;
    private final List<Figure> figures = new ArrayList<>();

    private Figures(float[][] logits, int[] labels, List<String> classes, Integer healthyClass) {
        this.logits = logits;
        this.labels = labels;
        this.classes = classes;
        this.healthyClass = healthyClass;
        this.predicted = new int[labels.length];
        this.counts = new int[classes.size()];
        for (int i = 0; i < labels.length; i++) {
            predicted[i] = likeliest(logits[i]);
            counts[labels[i]]++;
        }
    }

    /**
     * Value null, with a note, where a figure is not defined. In this order:
     *
     * <ul>
     *   <li>{@code accuracy}, {@code majority-rate} (what naming the most frequent class always would reach),
     *       {@code balanced-accuracy};
     *   <li>{@code sensitivity} and {@code specificity}: whether disease is found and health is, where the likeliest class
     *       decides (with two classes the threshold 0.5);
     *   <li>{@code auroc} of disease against the healthy class; without a healthy class the mean of each class against the
     *       rest;
     *   <li>{@code sensitivity@calibrated} and {@code specificity@calibrated}, where the threshold decides;
     *   <li>{@code accuracy of NAME} for each class;
     *   <li>{@code calibration-error} (expected, 15 bins), {@code brier-score} (halved, so in [0,1]).
     * </ul>
     *
     * @param logits N x classes, finite
     * @param labels N, each below the number of classes
     * @param classes names by label
     * @param healthyClass as the data set's manifest has it; null where nobody said
     * @param threshold null leaves the figures at it out
     */
    public static List<Figure> of(
            float[][] logits, int[] labels, List<String> classes, Integer healthyClass, CalibratedThreshold threshold) {
        Optional<HealthyClass> healthy = HealthyClass.of(healthyClass, classes.size());
        Figures figures = new Figures(
                logits, labels, classes, healthy.map(HealthyClass::label).orElse(null));
        figures.addAccuracies();
        figures.addDisease(threshold);
        figures.addEachClass();
        figures.addCalibration();
        FigureAnnotations beside = new FigureAnnotations(labels, classes, healthy);
        return figures.figures.stream().map(beside::complete).toList();
    }

    /** The first of the largest. */
    public static int likeliest(float[] logits) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    private void addAccuracies() {
        add(FigureNames.ACCURACY, Accuracy.accuracy(predicted, labels), null);
        add(FigureNames.MAJORITY_RATE, Accuracy.majorityRate(labels, classes.size()), null);
        addIfDefined(
                FigureNames.BALANCED_ACCURACY,
                BalancedAccuracy.balancedAccuracy(predicted, labels, classes.size()),
                null,
                labels.length,
                noImagesOfSome());
    }

    private void addDisease(CalibratedThreshold threshold) {
        if (healthyClass == null) {
            addUndefined(FigureNames.SENSITIVITY, labels.length, NO_HEALTHY_CLASS);
            addUndefined(FigureNames.SPECIFICITY, labels.length, NO_HEALTHY_CLASS);
            addIfDefined(
                    FigureNames.AUROC,
                    Auroc.oneVersusRest(scoresOfEachClass(), labels),
                    "mean over the classes of each against the rest",
                    labels.length,
                    noImagesOfSome());
            return;
        }
        int[] diseased = diseased(labels);
        addShares("", diseased(predicted), diseased, "where the likeliest class decides");
        addIfDefined(
                FigureNames.AUROC,
                Auroc.auroc(Probabilities.logOddsOfAllBut(healthyClass, logits), diseased),
                null,
                labels.length,
                counts[healthyClass] == 0 ? noImagesOf(healthy()) : noImagesOf(disease()));
        if (threshold == null) {
            return;
        }
        if (threshold.probability() == null) {
            addUndefined(FigureNames.SENSITIVITY + FigureNames.AT_CALIBRATED, labels.length, threshold.origin());
            addUndefined(FigureNames.SPECIFICITY + FigureNames.AT_CALIBRATED, labels.length, threshold.origin());
            return;
        }
        int[] called = Accuracy.atThreshold(Probabilities.ofAllBut(healthyClass, logits), threshold.probability());
        addShares(FigureNames.AT_CALIBRATED, called, diseased, threshold.origin());
    }

    private void addShares(String suffix, int[] called, int[] diseased, String decidedBy) {
        addIfDefined(
                FigureNames.SENSITIVITY + suffix,
                Accuracy.sensitivity(called, diseased),
                "share of " + disease() + " found; " + decidedBy,
                0,
                noImagesOf(disease()));
        addIfDefined(
                FigureNames.SPECIFICITY + suffix,
                Accuracy.specificity(called, diseased),
                "share of " + healthy() + " found; " + decidedBy,
                0,
                noImagesOf(healthy()));
    }

    private void addEachClass() {
        for (int c = 0; c < classes.size(); c++) {
            String name = classes.get(c);
            addIfDefined(
                    FigureNames.ofClass(name),
                    Accuracy.ofClass(c, predicted, labels),
                    null,
                    0,
                    noImagesOf("class " + name));
        }
    }

    private void addCalibration() {
        double[][] probabilities = Probabilities.of(logits);
        add(
                FigureNames.CALIBRATION_ERROR,
                CalibrationError.calibrationError(probabilities, labels),
                "15 bins; few images a bin overstate it");
        add(
                FigureNames.BRIER_SCORE,
                BrierScore.brierScore(probabilities, labels),
                classes.size() == 2 ? null : "half the squared distance from the true class");
    }

    private int[] diseased(int[] classOfEach) {
        int[] diseased = new int[classOfEach.length];
        for (int i = 0; i < diseased.length; i++) {
            diseased[i] = classOfEach[i] == healthyClass ? 0 : 1;
        }
        return diseased;
    }

    /** By class: what orders images as the probability of that class does. */
    private double[][] scoresOfEachClass() {
        double[][] scores = new double[classes.size()][];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = Probabilities.logOddsOfAllBut(c, logits);
            for (int i = 0; i < scores[c].length; i++) {
                scores[c][i] = -scores[c][i];
            }
        }
        return scores;
    }

    private String healthy() {
        return "class " + classes.get(healthyClass);
    }

    private String disease() {
        return classes.size() == 2
                ? "class " + classes.get(1 - healthyClass)
                : "all classes but " + classes.get(healthyClass);
    }

    private static String noImagesOf(String what) {
        return "no images of " + what;
    }

    private String noImagesOfSome() {
        List<String> missing = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                missing.add(classes.get(c));
            }
        }
        return noImagesOf("class " + String.join(", ", missing));
    }

    private void addIfDefined(String metric, Optional<Estimate> estimate, String note, int n, String whyNot) {
        estimate.ifPresentOrElse(e -> add(metric, e, note), () -> addUndefined(metric, n, whyNot));
    }

    private void add(String metric, Estimate estimate, String note) {
        figures.add(new Figure(metric, estimate.value(), estimate.low(), estimate.high(), estimate.n(), note));
    }

    private void addUndefined(String metric, int n, String whyNot) {
        figures.add(Figure.undefined(metric, n, whyNot));
    }
}
