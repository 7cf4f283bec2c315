package org.rtda.core.metrics;

/**
 * The score that an answer which is the same for every image gets in each figure, on the same images. A figure must be
 * compared with it. Three answers, each the usual one for its figures:
 *
 * <ul>
 *   <li>figures of named classes (accuracy, sensitivity, ...): always the commonest class of these images;
 *   <li>the area under the ROC curve: one score for every image;
 *   <li>figures of probabilities (Brier score, calibration error): the frequencies of the classes in these images. They are
 *       the best constant in hindsight and perfectly calibrated, so a calibration error alone shows no skill.
 * </ul>
 */
public final class ConstantAnswer {
    private static final double AUROC_WITHOUT_ORDER = 0.5;

    private final int[] counts;
    private final int images;
    private final int named;

    private ConstantAnswer(int[] counts, int images) {
        this.counts = counts;
        this.images = images;
        int most = 0;
        for (int c = 1; c < counts.length; c++) {
            most = counts[c] > counts[most] ? c : most;
        }
        this.named = most;
    }

    /** @param labels at least one, each in [0, classes) */
    public static ConstantAnswer of(int[] labels, int classes) {
        return new ConstantAnswer(Labels.counts(labels, classes), labels.length);
    }

    /** The commonest class, the first of those that are equally common. */
    public int namedClass() {
        return named;
    }

    /** The share of the commonest class. */
    public double accuracy() {
        return (double) counts[named] / images;
    }

    /** One over the number of classes: it is right for one class and wrong for the others. */
    public double balancedAccuracy() {
        return 1.0 / counts.length;
    }

    /** 1 for the named class, 0 for every other. */
    public double accuracyOf(int label) {
        return label == named ? 1 : 0;
    }

    /**
     * 1 where a class of disease is named, 0 where the healthy one is.
     *
     * @param healthy the label that means no disease
     */
    public double sensitivity(int healthy) {
        return named == healthy ? 0 : 1;
    }

    /** 1 where the healthy class is named, else 0. */
    public double specificity(int healthy) {
        return accuracyOf(healthy);
    }

    /** Of one score for every image. */
    public double auroc() {
        return AUROC_WITHOUT_ORDER;
    }

    /** Of the frequencies f: {@code (1 - sum f^2) / 2}, halved as {@link BrierScore} is. */
    public double brierScore() {
        double squares = 0;
        for (int count : counts) {
            double frequency = (double) count / images;
            squares += frequency * frequency;
        }
        return (1 - squares) / 2;
    }

    /** Of the frequencies: 0. */
    public double calibrationError() {
        return 0;
    }
}
