package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.core.Seed;

class FiguresTest {
    private static final List<String> CLASSES = List.of("healthy", "ill");

    private static Figure named(List<Figure> figures, String metric) {
        return figures.stream()
                .filter(f -> f.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static List<Figure> figures(float[][] logits, int[] labels, List<String> classes) {
        return Figures.of(logits, labels, classes, new Seed(1));
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
                        "accuracy", "majority-rate", "balanced-accuracy", "sensitivity", "specificity", "auroc");
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

    @Test
    void withThreeClassesThereAreNoTwoClassFigures() {
        List<Figure> figures =
                figures(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 1, 0}}, new int[] {0, 1, 2}, List.of("a", "b", "c"));

        assertThat(figures)
                .extracting(Figure::metric)
                .containsExactly("accuracy", "majority-rate", "balanced-accuracy");
        assertThat(named(figures, "balanced-accuracy").value()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void theSameSeedGivesTheSameIntervals() {
        float[][] logits = {{1, 0}, {2, 0}, {0, 3}, {0, 4}, {0.5f, 0}};
        int[] labels = {0, 0, 0, 1, 1};

        assertThat(figures(logits, labels, CLASSES)).isEqualTo(figures(logits, labels, CLASSES));
    }
}
