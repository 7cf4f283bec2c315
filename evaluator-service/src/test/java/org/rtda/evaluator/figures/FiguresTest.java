package org.rtda.evaluator.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Figure;

class FiguresTest {
    private static final List<String> CLASSES = List.of("healthy", "ill");

    private static Figure named(List<Figure> figures, String metric) {
        return figures.stream()
                .filter(f -> f.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static List<Figure> figures(float[][] logits, int[] labels, List<String> classes) {
        return Figures.of(logits, labels, classes, null, null);
    }

    private static float[] logits(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = (float) Math.log(probabilities[c]);
        }
        return logits;
    }

    @Test
    void figuresOfAHandWorkedSample() {
        // healthy: two right, one wrong; ill: one right, one wrong; of 6 pairs (ill, healthy) 4 are in order
        float[][] logits = {{1, 0}, {2, 0}, {0, 3}, {0, 4}, {0.5f, 0}};
        int[] labels = {0, 0, 0, 1, 1};

        List<Figure> figures = figures(logits, labels, CLASSES);

        assertThat(figures)
                .extracting(Figure::metric)
                .containsExactly(
                        "accuracy",
                        "majority-rate",
                        "balanced-accuracy",
                        "sensitivity",
                        "specificity",
                        "auroc",
                        "accuracy of healthy",
                        "accuracy of ill",
                        "calibration-error",
                        "brier-score");
        Figure accuracy = named(figures, "accuracy");
        assertThat(accuracy.value()).isEqualTo(0.6);
        // Wilson for 3 of 5
        assertThat(accuracy.low()).isCloseTo(0.2307, within(1e-4));
        assertThat(accuracy.high()).isCloseTo(0.8824, within(1e-4));
        assertThat(accuracy.n()).isEqualTo(5);
        assertThat(named(figures, "majority-rate").value()).isEqualTo(0.6);
        assertThat(named(figures, "balanced-accuracy").value()).isCloseTo((2 / 3.0 + 1 / 2.0) / 2, within(1e-12));
        assertThat(named(figures, "sensitivity").value()).isEqualTo(0.5);
        assertThat(named(figures, "sensitivity").n()).isEqualTo(2);
        assertThat(named(figures, "sensitivity").note()).contains("ill");
        assertThat(named(figures, "specificity").value()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(named(figures, "auroc").value()).isCloseTo(5 / 6.0, within(1e-12));
    }

    @Test
    void aClassWithoutImagesLeavesFiguresUndefinedAndNeverZero() {
        List<Figure> figures = figures(new float[][] {{1, 0}, {0, 1}}, new int[] {0, 0}, CLASSES);

        assertThat(named(figures, "accuracy").value()).isEqualTo(0.5);
        for (String metric : List.of("balanced-accuracy", "sensitivity", "auroc")) {
            Figure figure = named(figures, metric);
            assertThat(figure.value()).isNull();
            assertThat(figure.low()).isNull();
            assertThat(figure.note()).isEqualTo("no images of class ill");
        }
        assertThat(named(figures, "specificity").value()).isEqualTo(0.5);
    }

    /** As in breastmnist: label 0 is the disease, found in one of two; label 1 is left in peace in two of three. */
    @Test
    void diseaseIsEveryClassButTheHealthyOneWhereverItStands() {
        float[][] logits = {{1, 0}, {0, 2}, {0, 3}, {0, 4}, {0.5f, 0}};
        int[] labels = {0, 0, 1, 1, 1};

        List<Figure> figures = Figures.of(logits, labels, List.of("malignant", "benign"), 1, null);

        assertThat(named(figures, "sensitivity").value()).isEqualTo(0.5);
        assertThat(named(figures, "sensitivity").note())
                .isEqualTo("share of class malignant found; where the likeliest class decides");
        assertThat(named(figures, "specificity").value()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(named(figures, "accuracy of malignant").value()).isEqualTo(0.5);
        assertThat(named(figures, "accuracy of malignant").n()).isEqualTo(2);
        // disease scores 1 and -2 against -3, -4 and .5: five of six pairs are in order
        assertThat(named(figures, "auroc").value()).isCloseTo(5 / 6.0, within(1e-12));
    }

    /**
     * Healthy is label 0; probabilities of disease .2 .6 | .45 .55 .9. The likeliest class finds two diseased of three, since
     * (.55; .3, .15) is called healthy, and leaves one healthy of two in peace; from .45 on three and one.
     */
    @Test
    void ofThreeClassesBothDiseasesCountTogether() {
        float[][] logits = {
            logits(0.8, 0.1, 0.1),
            logits(0.4, 0.5, 0.1),
            logits(0.55, 0.3, 0.15),
            logits(0.45, 0.05, 0.5),
            logits(0.1, 0.1, 0.8)
        };
        int[] labels = {0, 0, 1, 1, 2};
        CalibratedThreshold threshold = new CalibratedThreshold(0.449, "probability of disease >= 0.449");

        List<Figure> figures = Figures.of(logits, labels, List.of("healthy", "flu", "cold"), 0, threshold);

        assertThat(named(figures, "accuracy").value()).isEqualTo(0.4);
        assertThat(named(figures, "sensitivity").value()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(named(figures, "sensitivity").n()).isEqualTo(3);
        assertThat(named(figures, "specificity").value()).isEqualTo(0.5);
        assertThat(named(figures, "sensitivity@calibrated").value()).isEqualTo(1.0);
        assertThat(named(figures, "sensitivity@calibrated").note())
                .isEqualTo("share of all classes but healthy found; probability of disease >= 0.449");
        assertThat(named(figures, "specificity@calibrated").value()).isEqualTo(0.5);
        assertThat(named(figures, "specificity@calibrated").n()).isEqualTo(2);
        // .45, .55 and .9 beat .2, only .9 beats .6
        assertThat(named(figures, "auroc").value()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(named(figures, "accuracy of flu").value()).isEqualTo(0.0);
        assertThat(named(figures, "accuracy of cold").value()).isEqualTo(1.0);
    }

    @Test
    void aThresholdThatCouldNotBeSetLeavesItsFiguresUndefinedWithTheReason() {
        List<Figure> figures = Figures.of(
                new float[][] {{1, 0}, {0, 1}},
                new int[] {0, 1},
                CLASSES,
                null,
                CalibratedThreshold.none("no diseased validation images"));

        for (String metric : List.of("sensitivity@calibrated", "specificity@calibrated")) {
            assertThat(named(figures, metric).value()).isNull();
            assertThat(named(figures, metric).note()).isEqualTo("no threshold: no diseased validation images");
        }
        assertThat(named(figures, "sensitivity").value()).isEqualTo(1.0);
    }

    /** Right with .8 and .6, wrong with .7: (|.8 - 1| + |.6 - 1| + .7) / 3, and (.04 + .16 + .49) / 3. */
    @Test
    void calibrationErrorAndBrierScoreByHand() {
        List<Figure> figures = figures(
                new float[][] {logits(0.8, 0.2), logits(0.4, 0.6), logits(0.3, 0.7)}, new int[] {0, 1, 0}, CLASSES);

        assertThat(named(figures, "calibration-error").value()).isCloseTo(1.3 / 3, within(1e-6));
        assertThat(named(figures, "brier-score").value()).isCloseTo(0.69 / 3, within(1e-6));
        assertThat(named(figures, "brier-score").n()).isEqualTo(3);
    }

    @Test
    void ofThreeClassesWithoutAHealthyOneNoneIsDiseaseAndTheFiguresSaySo() {
        List<Figure> figures =
                figures(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 1, 0}}, new int[] {0, 1, 2}, List.of("a", "b", "c"));

        for (String metric : List.of("sensitivity", "specificity")) {
            assertThat(named(figures, metric).value()).isNull();
            assertThat(named(figures, metric).note()).contains("healthy");
        }
        assertThat(figures).extracting(Figure::metric).doesNotContain("sensitivity@calibrated");
        assertThat(named(figures, "balanced-accuracy").value()).isCloseTo(2 / 3.0, within(1e-12));
        // a is in order (1), b ties with one of two (3/4), c is as likely everywhere (1/2)
        assertThat(named(figures, "auroc").value()).isCloseTo(0.75, within(1e-12));
    }

    /** Five images, three of class healthy: always naming it finds no disease and raises no alarm. */
    @Test
    void besideEveryFigureStandsWhatAConstantAnswerScoresInIt() {
        List<Figure> figures =
                figures(new float[][] {{1, 0}, {2, 0}, {0, 3}, {0, 4}, {0.5f, 0}}, new int[] {0, 0, 0, 1, 1}, CLASSES);

        assertThat(named(figures, "accuracy").constant()).isEqualTo(0.6);
        assertThat(named(figures, "accuracy").constantAnswer()).isEqualTo("always class healthy");
        assertThat(named(figures, "balanced-accuracy").constant()).isEqualTo(0.5);
        assertThat(named(figures, "sensitivity").constant()).isZero();
        assertThat(named(figures, "specificity").constant()).isEqualTo(1.0);
        assertThat(named(figures, "auroc").constant()).isEqualTo(0.5);
        assertThat(named(figures, "auroc").constantAnswer()).isEqualTo("one score for every image");
        assertThat(named(figures, "accuracy of healthy").constant()).isEqualTo(1.0);
        assertThat(named(figures, "accuracy of ill").constant()).isZero();
        assertThat(named(figures, "brier-score").constant()).isCloseTo(0.24, within(1e-12));
        assertThat(named(figures, "calibration-error").constant()).isZero();
        assertThat(named(figures, "majority-rate").constant())
                .as("it is a constant answer's own score")
                .isNull();
    }

    @Test
    void aFigureThatIsNotDefinedHasNoConstantBesideIt() {
        List<Figure> figures = figures(new float[][] {{1, 0}, {0, 1}}, new int[] {0, 0}, CLASSES);

        assertThat(named(figures, "sensitivity").constant()).isNull();
        assertThat(named(figures, "accuracy").constant()).isEqualTo(1.0);
    }

    @Test
    void figuresThatRestOnTheHealthyClassSayWhetherItWasAssumed() {
        float[][] logits = {{1, 0}, {0, 2}, {0, 3}};
        int[] labels = {0, 0, 1};
        CalibratedThreshold threshold = new CalibratedThreshold(0.4, "probability of disease >= 0.4");
        List<String> dependent =
                List.of("sensitivity", "specificity", "sensitivity@calibrated", "specificity@calibrated");

        List<Figure> assumed = Figures.of(logits, labels, CLASSES, null, threshold);
        List<Figure> said = Figures.of(logits, labels, CLASSES, 0, threshold);

        dependent.forEach(metric -> {
            assertThat(named(assumed, metric).healthyClassAssumed()).as(metric).isTrue();
            assertThat(named(said, metric).healthyClassAssumed()).as(metric).isFalse();
        });
        assertThat(assumed)
                .filteredOn(figure -> !dependent.contains(figure.metric()))
                .extracting(Figure::healthyClassAssumed)
                .as("AUROC of two classes is the same whichever is healthy")
                .containsOnlyNulls();
    }

    @Test
    void logitsThatRoundToTheSameProbabilityAreStillOrdered() {
        float[][] logits = {{0, 800}, {0, 900}};

        assertThat(named(figures(logits, new int[] {0, 1}, CLASSES), "auroc").value())
                .isEqualTo(1.0);
    }

    @Test
    void theSameAnswersGiveTheSameIntervals() {
        float[][] logits = {{1, 0}, {2, 0}, {0, 3}, {0, 4}, {0.5f, 0}};
        int[] labels = {0, 0, 0, 1, 1};

        assertThat(figures(logits, labels, CLASSES)).isEqualTo(figures(logits, labels, CLASSES));
    }
}
