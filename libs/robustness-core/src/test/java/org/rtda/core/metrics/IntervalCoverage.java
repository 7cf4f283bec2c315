package org.rtda.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.rtda.core.Seed;

/**
 * How often the intervals hold the true value, and how wide they are: the tables of docs/intervals.md. Balanced accuracy is
 * computed over all outcomes; the others are drawn.
 *
 * <p>docs/intervals.md has the command that prints them; {@code IntervalCoverageTest} holds smaller tables to their limits.
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

    /** Numbers of negatives and positives. */
    static final List<int[]> PAIRS = List.of(
            new int[] {5, 5}, new int[] {20, 20}, new int[] {60, 60}, new int[] {5, 60}, new int[] {60, 5}, new int[] {
                20, 60
            });

    /** True accuracies of two classes. */
    static final List<double[]> UNEQUAL =
            List.of(new double[] {1, 0.5}, new double[] {1, 0.8}, new double[] {1, 0.95}, new double[] {0.5, 0.95});

    static final List<double[]> DISAGREEMENTS =
            List.of(new double[] {0, 0}, new double[] {0.05, 0}, new double[] {0.05, 0.05}, new double[] {0.3, 0.1});

    private static final int[] IMAGES = {10, 40, 120, 600};

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
        double[] ofClasses = new double[sizes.length];
        Arrays.fill(ofClasses, truth);
        return ofBalancedAccuracy(sizes, ofClasses);
    }

    /** @param truths of each class */
    static Coverage ofBalancedAccuracy(int[] sizes, double[] truths) {
        double truth = Arrays.stream(truths).average().orElseThrow();
        double[] sums = new double[2];
        int[] right = new int[sizes.length];
        double[][] chances = new double[sizes.length][];
        for (int k = 0; k < sizes.length; k++) {
            BinomialDistribution binomial = BinomialDistribution.of(sizes[k], truths[k]);
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

    /** How scores are spread; each takes the area under the curve and a class, 1 for the positive one. */
    enum Scores {
        /** Normal, both classes alike. */
        NORMAL_ALIKE("normal, alike") {
            @Override
            double draw(double truth, boolean positive, UniformRandomProvider random, DoubleSupplier normal) {
                return normal.getAsDouble() + (positive ? shift(truth, 1) : 0);
            }
        },
        /** Normal, the positives 2.5 times as wide. */
        WIDE_POSITIVES("normal, positives 2.5 times as wide") {
            @Override
            double draw(double truth, boolean positive, UniformRandomProvider random, DoubleSupplier normal) {
                return positive ? 2.5 * normal.getAsDouble() + shift(truth, 2.5) : normal.getAsDouble();
            }
        },
        /** Uniform as the negatives, but a share of the positives is above all of them: few images decide. */
        MIXTURE("uniform, a share of the positives above all") {
            @Override
            double draw(double truth, boolean positive, UniformRandomProvider random, DoubleSupplier normal) {
                boolean above = positive && random.nextDouble() < 2 * truth - 1;
                return random.nextDouble() + (above ? 1 : 0);
            }
        };

        private final String title;

        Scores(String title) {
            this.title = title;
        }

        abstract double draw(double truth, boolean positive, UniformRandomProvider random, DoubleSupplier normal);

        /** Far enough never to mix where the true area is 1. */
        static double shift(double truth, double spread) {
            return truth < 1
                    ? NORMAL.inverseCumulativeProbability(truth) * Math.sqrt(1 + spread * spread)
                    : 1000 * (1 + spread);
        }
    }

    /** @param truth the true area, in [0.5, 1] */
    static Coverage ofAuroc(int negatives, int positives, double truth, Scores family, int samples, Seed seed) {
        int[] labels = new int[negatives + positives];
        Arrays.fill(labels, negatives, labels.length, 1);
        UniformRandomProvider random = seed.generator();
        DoubleSupplier normal = NORMAL.createSampler(random)::sample;
        return drawn(samples, truth, any -> {
            double[] scores = new double[labels.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = family.draw(truth, labels[i] == 1, random, normal);
            }
            return Auroc.auroc(scores, labels).orElseThrow();
        });
    }

    /** The mean over classes: each has this area against the rest; a class's score is independent of its other ones. */
    static Coverage ofAurocOfClasses(int[] sizes, double truth, Scores family, int samples, Seed seed) {
        int[] labels = new int[Arrays.stream(sizes).sum()];
        int at = 0;
        for (int k = 0; k < sizes.length; k++) {
            Arrays.fill(labels, at, at + sizes[k], k);
            at += sizes[k];
        }
        UniformRandomProvider random = seed.generator();
        DoubleSupplier normal = NORMAL.createSampler(random)::sample;
        return drawn(samples, truth, any -> {
            double[][] scores = new double[sizes.length][labels.length];
            for (int k = 0; k < sizes.length; k++) {
                for (int i = 0; i < labels.length; i++) {
                    scores[k][i] = family.draw(truth, labels[i] == k, random, normal);
                }
            }
            return Auroc.oneVersusRest(scores, labels).orElseThrow();
        });
    }

    /** Two classifiers: on a share of the images only the first is right, on another only the second. */
    static Coverage ofPairedDifference(int images, double onlyFirst, double onlySecond, int samples, Seed seed) {
        UniformRandomProvider random = seed.generator();
        return drawn(samples, onlyFirst - onlySecond, any -> {
            boolean[] first = new boolean[images];
            boolean[] second = new boolean[images];
            for (int i = 0; i < images; i++) {
                double u = random.nextDouble();
                first[i] = u >= onlySecond;
                second[i] = u < onlySecond || u >= onlySecond + onlyFirst;
            }
            return PairedDifference.ofAccuracies(McNemar.of(first, second));
        });
    }

    /** Exact: Wilson's interval of a share of n images. */
    static Coverage ofProportion(int n, double truth) {
        BinomialDistribution binomial = BinomialDistribution.of(n, truth);
        double share = 0;
        double width = 0;
        for (int x = 0; x <= n; x++) {
            Estimate estimate = Wilson.interval(x, n);
            share += holds(estimate, truth) ? binomial.probability(x) : 0;
            width += binomial.probability(x) * (estimate.high() - estimate.low());
        }
        return new Coverage(share, width);
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

    /** The tables as Markdown. */
    static String tables(int samples) {
        StringBuilder text = new StringBuilder();
        text.append("| balanced accuracy, images of each class | .5 | .8 | .95 | 1 |\n|---|---|---|---|---|\n");
        for (int[] sizes : SIZES) {
            text.append("| ").append(said(sizes));
            TRUE_VALUES.forEach(truth ->
                    text.append(" | ").append(ofBalancedAccuracy(sizes, truth).cell()));
            text.append(" |\n");
        }
        text.append("\n| balanced accuracy, images of each class | 1 and .5 | 1 and .8 | 1 and .95 | .5 and .95 |\n"
                + "|---|---|---|---|---|\n");
        for (int[] sizes : SIZES.subList(0, 4)) {
            text.append("| ").append(said(sizes));
            for (double[] truths : UNEQUAL) {
                text.append(" | ").append(ofBalancedAccuracy(sizes, truths).cell());
            }
            text.append(" |\n");
        }
        text.append("\n| AUROC, scores | negatives, positives | .5 | .8 | .95 | 1 |\n|---|---|---|---|---|---|\n");
        for (Scores family : Scores.values()) {
            for (int[] sizes : PAIRS) {
                text.append("| ").append(family.title).append(" | ").append(said(sizes));
                for (double truth : TRUE_VALUES) {
                    text.append(" | ")
                            .append(ofAuroc(sizes[0], sizes[1], truth, family, samples, new Seed(1))
                                    .cell());
                }
                text.append(" |\n");
            }
            for (int[] sizes : SIZES.subList(5, 7)) {
                text.append("| ")
                        .append(family.title)
                        .append(" | three classes: ")
                        .append(said(sizes));
                for (double truth : TRUE_VALUES) {
                    text.append(" | ")
                            .append(ofAurocOfClasses(sizes, truth, family, samples, new Seed(5))
                                    .cell());
                }
                text.append(" |\n");
            }
        }
        text.append("\n| figure | model | 10 images | 40 | 120 | 600 |\n|---|---|---|---|---|---|\n");
        for (Model model : Model.values()) {
            text.append("| Brier score | ").append(model.title);
            for (int images : IMAGES) {
                text.append(" | ")
                        .append(ofBrierScore(model, images, samples, new Seed(2))
                                .cell());
            }
            text.append(" |\n");
        }
        for (Model model : Model.values()) {
            text.append("| calibration error | ").append(model.title);
            for (int images : IMAGES) {
                text.append(" | ")
                        .append(ofCalibrationError(model, images, samples, new Seed(3))
                                .cell());
            }
            text.append(" |\n");
        }
        for (double[] apart : DISAGREEMENTS) {
            text.append(String.format(
                    Locale.ROOT, "| paired accuracies | only one right: %.2f and %.2f", apart[0], apart[1]));
            for (int images : IMAGES) {
                text.append(" | ")
                        .append(ofPairedDifference(images, apart[0], apart[1], samples, new Seed(4))
                                .cell());
            }
            text.append(" |\n");
        }
        for (double truth : TRUE_VALUES) {
            text.append(String.format(Locale.ROOT, "| accuracy (Wilson) | right in %.2f", truth));
            for (int images : IMAGES) {
                text.append(" | ").append(ofProportion(images, truth).cell());
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String said(int[] sizes) {
        return Arrays.toString(sizes).replaceAll("[\\[\\]]", "");
    }

    public static void main(String[] arguments) {
        System.out.print(tables(10_000));
    }
}
