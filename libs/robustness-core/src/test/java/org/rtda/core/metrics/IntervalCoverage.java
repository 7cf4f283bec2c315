package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.rtda.core.Seed;

/**
 * How often the intervals hold the true value, and how wide they are: the tables of docs/intervals.md. Balanced accuracy is
 * computed over all outcomes; the others are drawn.
 *
 * <p>{@code mvn -q -pl libs/robustness-core test-compile} and then {@code java -cp
 * libs/robustness-core/target/classes:libs/robustness-core/target/test-classes:$(libraries)
 * org.rtda.core.metrics.IntervalCoverage}; {@code IntervalCoverageTest} holds smaller tables to their limits.
 */
final class IntervalCoverage {
    static final List<int[]> SIZES = List.of(
            new int[] {5, 5},
            new int[] {20, 20},
            new int[] {60, 60},
            new int[] {5, 60},
            new int[] {20, 60},
            new int[] {5, 5, 5},
            new int[] {5, 20, 60});
    static final List<Double> TRUE_VALUES = List.of(0.5, 0.8, 0.95, 1.0);

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private IntervalCoverage() {}

    /**
     * @param share of samples whose interval holds the true value
     * @param width mean of the intervals' widths
     */
    record Coverage(double share, double width) {
        private String cell() {
            return String.format(Locale.ROOT, "%.1f%%, %.3f", 100 * share, width);
        }
    }

    /** Exact: every outcome with its probability. */
    static Coverage ofBalancedAccuracy(int[] sizes, double truth) {
        double[] sums = new double[2];
        int[] right = new int[sizes.length];
        double[][] chances = new double[sizes.length][];
        for (int k = 0; k < sizes.length; k++) {
            BinomialDistribution binomial = BinomialDistribution.of(sizes[k], truth);
            chances[k] = new double[sizes[k] + 1];
            for (int x = 0; x <= sizes[k]; x++) {
                chances[k][x] = binomial.probability(x);
            }
        }
        addOutcomes(sizes, chances, right, 0, 1, truth, sums);
        return new Coverage(sums[0], sums[1]);
    }

    private static void addOutcomes(
            int[] sizes, double[][] chances, int[] right, int k, double chance, double truth, double[] sums) {
        if (chance < 1e-10) {
            return;
        }
        if (k == sizes.length) {
            Estimate estimate = balancedAccuracy(sizes, right);
            sums[0] += holds(estimate, truth) ? chance : 0;
            sums[1] += chance * (estimate.high() - estimate.low());
            return;
        }
        for (int x = 0; x <= sizes[k]; x++) {
            right[k] = x;
            addOutcomes(sizes, chances, right, k + 1, chance * chances[k][x], truth, sums);
        }
    }

    private static Estimate balancedAccuracy(int[] sizes, int[] right) {
        int images = Arrays.stream(sizes).sum();
        int[] labels = new int[images];
        int[] predicted = new int[images];
        int at = 0;
        for (int k = 0; k < sizes.length; k++) {
            for (int i = 0; i < sizes[k]; i++) {
                labels[at] = k;
                predicted[at++] = i < right[k] ? k : (k + 1) % sizes.length;
            }
        }
        return BalancedAccuracy.balancedAccuracy(predicted, labels, sizes.length)
                .orElseThrow();
    }

    /**
     * Scores are normal, those of class 1 further up and {@code spread} times as wide.
     *
     * @param truth the true area; 1 for scores that never mix
     */
    static Coverage ofAuroc(int negatives, int positives, double truth, double spread, int samples, Seed seed) {
        double shift = truth < 1
                ? NORMAL.inverseCumulativeProbability(truth) * Math.sqrt(1 + spread * spread)
                : 1000 * (1 + spread);
        int[] labels = new int[negatives + positives];
        Arrays.fill(labels, negatives, labels.length, 1);
        UniformRandomProvider random = seed.generator();
        var normal = NORMAL.createSampler(random);
        return drawn(samples, truth, any -> {
            double[] scores = new double[labels.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = labels[i] == 0 ? normal.sample() : shift + spread * normal.sample();
            }
            return Auroc.auroc(scores, labels).orElseThrow();
        });
    }

    /** Models of two classes whose probabilities are known to be right or wrong. */
    enum Model {
        /** Says .999 and is always right. */
        SURE_AND_RIGHT("sure (0.999) and always right"),
        /** Says .98 and is right in 95 of 100. */
        SURE_AND_RARELY_WRONG("sure (0.98), wrong in 5%"),
        /** Any probability, all of them true. */
        CALIBRATED("calibrated"),
        /** Any probability, six tenths as far from a half in truth. */
        OVERCONFIDENT("overconfident");

        private final String title;

        Model(String title) {
            this.title = title;
        }

        /** @param u uniform in [0, 1) */
        private double said(double u) {
            return switch (this) {
                case SURE_AND_RIGHT -> u < 0.5 ? 0.001 : 0.999;
                case SURE_AND_RARELY_WRONG -> u < 0.5 ? 0.02 : 0.98;
                default -> u;
            };
        }

        private double truly(double said) {
            return switch (this) {
                case SURE_AND_RIGHT -> said < 0.5 ? 0 : 1;
                case SURE_AND_RARELY_WRONG -> said < 0.5 ? 0.05 : 0.95;
                case CALIBRATED -> said;
                case OVERCONFIDENT -> 0.5 + 0.6 * (said - 0.5);
            };
        }

        /** Of a fine grid of what it says. */
        double brierScore() {
            double sum = 0;
            int points = 200_000;
            for (int i = 0; i < points; i++) {
                double said = said((i + 0.5) / points);
                double truly = truly(said);
                sum += truly * (said - 1) * (said - 1) + (1 - truly) * said * said;
            }
            return sum / points;
        }

        /** Of bins of 1/15 of confidence; in each of these models a bin errs to one side. */
        double calibrationError() {
            double sum = 0;
            int points = 200_000;
            for (int i = 0; i < points; i++) {
                double said = said((i + 0.5) / points);
                sum += said > 0.5 ? said - truly(said) : truly(said) - said;
            }
            return Math.abs(sum / points);
        }
    }

    static Coverage ofBrierScore(Model model, int images, int samples, Seed seed) {
        UniformRandomProvider random = seed.generator();
        return drawn(samples, model.brierScore(), any -> {
            Answers answers = answers(model, images, random);
            return BrierScore.brierScore(answers.probabilities, answers.labels);
        });
    }

    static Coverage ofCalibrationError(Model model, int images, int samples, Seed seed) {
        UniformRandomProvider random = seed.generator();
        return drawn(samples, model.calibrationError(), any -> {
            Answers answers = answers(model, images, random);
            return CalibrationError.calibrationError(answers.probabilities, answers.labels);
        });
    }

    private record Answers(double[][] probabilities, int[] labels) {}

    private static Answers answers(Model model, int images, UniformRandomProvider random) {
        double[][] probabilities = new double[images][];
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            double said = model.said(random.nextDouble());
            probabilities[i] = new double[] {1 - said, said};
            labels[i] = random.nextDouble() < model.truly(said) ? 1 : 0;
        }
        return new Answers(probabilities, labels);
    }

    private static Coverage drawn(int samples, double truth, IntFunction<Estimate> sample) {
        int held = 0;
        double width = 0;
        for (int s = 0; s < samples; s++) {
            Estimate estimate = sample.apply(s);
            held += holds(estimate, truth) ? 1 : 0;
            width += estimate.high() - estimate.low();
        }
        return new Coverage((double) held / samples, width / samples);
    }

    /** Up to rounding: a true value of 1 is held by an interval that ends at 1. */
    private static boolean holds(Estimate estimate, double truth) {
        return estimate.low() <= truth + 1e-12 && truth - 1e-12 <= estimate.high();
    }

    public static void main(String[] arguments) {
        int samples = 10_000;
        StringBuilder text = new StringBuilder();
        text.append(
                "### Balanced accuracy\n\n| images of each class | true value .5 | .8 | .95 | 1 |\n|---|---|---|---|---|\n");
        for (int[] sizes : SIZES) {
            text.append("| ").append(Arrays.toString(sizes).replaceAll("[\\[\\]]", ""));
            TRUE_VALUES.forEach(truth ->
                    text.append(" | ").append(ofBalancedAccuracy(sizes, truth).cell()));
            text.append(" |\n");
        }
        text.append("\n### AUROC\n\n| negatives, positives | spread of the positives | true value .5 | .8 | .95 | 1 |\n"
                + "|---|---|---|---|---|---|\n");
        for (int[] sizes : SIZES) {
            for (double spread : sizes.length > 2 ? new double[0] : new double[] {1, 2.5}) {
                text.append("| ")
                        .append(sizes[0])
                        .append(", ")
                        .append(sizes[1])
                        .append(" | ")
                        .append(spread);
                for (double truth : TRUE_VALUES) {
                    text.append(" | ")
                            .append(ofAuroc(sizes[0], sizes[1], truth, spread, samples, new Seed(1))
                                    .cell());
                }
                text.append(" |\n");
            }
        }
        text.append("\n### Brier score and calibration error\n\n| figure | model | 10 images | 40 | 120 | 600 |\n"
                + "|---|---|---|---|---|---|\n");
        for (Model model : Model.values()) {
            text.append("| Brier score | ").append(model.title);
            for (int images : new int[] {10, 40, 120, 600}) {
                text.append(" | ")
                        .append(ofBrierScore(model, images, samples, new Seed(2))
                                .cell());
            }
            text.append(" |\n");
        }
        for (Model model : Model.values()) {
            text.append("| calibration error | ").append(model.title);
            for (int images : new int[] {10, 40, 120, 600}) {
                text.append(" | ")
                        .append(ofCalibrationError(model, images, samples, new Seed(3))
                                .cell());
            }
            text.append(" |\n");
        }
        System.out.print(text);
    }
}
