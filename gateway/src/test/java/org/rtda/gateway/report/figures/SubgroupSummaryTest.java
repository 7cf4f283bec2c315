package org.rtda.gateway.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Failed;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.view.ViewEvents;

class SubgroupSummaryTest {
    private static final Condition JPEG = Condition.corruption("jpeg", 3, "test");
    private static final Condition PIXELATE = Condition.corruption("pixelate", 3, "test");

    private static List<Figure> figures(double value) {
        return SubgroupSummary.METRICS.stream()
                .map(metric -> new Figure(metric, value, value - 0.1, value + 0.1, 60, null))
                .toList();
    }

    /** Women at that value, all images at 0.1 more. */
    private static Measured measured(Condition condition, double women) {
        return Measured.builder()
                .id(condition.label())
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .condition(condition)
                .values(figures(women + 0.1))
                .subgroups(List.of(new Subgroup("sex", "F", List.of(30, 30), false, figures(women))))
                .build();
    }

    private static Failed failed(Condition condition) {
        return Failed.builder()
                .id(condition.label())
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010/full")
                .epoch(10)
                .last(true)
                .condition(condition)
                .reason("gone")
                .build();
    }

    private static ReportSource.Evaluation evaluation(
            String suite, List<Condition> plan, List<Measured> measured, List<Failed> failed) {
        return new ReportSource.Evaluation(suite, Optional.of(suite), plan, false, measured, failed, List.of());
    }

    private static SubgroupRow women(ReportSource.Evaluation... evaluations) {
        return new SubgroupSummary("exp-1", new Findings(List.of(evaluations)))
                .rows().stream()
                        .filter(row -> row.metric().equals("balanced-accuracy"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aFailureOfAFurtherEvaluationTakesNothingFromWhatACompleteOneMeasured() {
        SubgroupRow women = women(
                evaluation(
                        "standard",
                        List.of(JPEG, PIXELATE),
                        List.of(measured(JPEG, 0.7), measured(PIXELATE, 0.5)),
                        List.of()),
                evaluation("full", List.of(JPEG, PIXELATE), List.of(), List.of(failed(JPEG), failed(PIXELATE))));

        // (0.7 + 0.5) / 2 of women, (0.8 + 0.6) / 2 of all
        assertThat(women.value()).isCloseTo(0.6, within(1e-12));
        assertThat(women.whole()).isCloseTo(0.7, within(1e-12));
        assertThat(women.note()).isNull();
    }

    @Test
    void whatFailedAndNoEvaluationMeasuredLeavesNoMean() {
        SubgroupRow women = women(
                evaluation("standard", List.of(JPEG), List.of(measured(JPEG, 0.7)), List.of()),
                evaluation("full", List.of(JPEG, PIXELATE), List.of(), List.of(failed(PIXELATE))));

        assertThat(women.value()).isNull();
        assertThat(women.whole()).isNull();
        assertThat(women.note()).isEqualTo("a corruption of this severity failed: no mean is given");
    }

    @Test
    void thereIsNoMeanBeforeEveryPlannedCorruptionOfThatSeverityIsMeasured() {
        List<Condition> plan = List.of(
                JPEG,
                PIXELATE,
                Condition.corruption("gaussian-noise", 3, "test"),
                Condition.corruption("jpeg", 5, "test"));

        SubgroupRow women =
                women(evaluation("standard", plan, List.of(measured(JPEG, 0.7), measured(PIXELATE, 0.5)), List.of()));

        // of severity 3 noise is missing; severity 5 is not told by subgroup
        assertThat(women.value()).isNull();
        assertThat(women.whole()).isNull();
        assertThat(women.note()).isEqualTo("2 of 3 conditions are measured");
    }

    @Test
    void figuresBySubgroupAreFoundThoughAnEarlierEvaluationMeasuredTheSameWithoutThem() {
        Measured before = Measured.builder()
                .id("before")
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .condition(JPEG)
                .values(figures(0.8))
                .build();

        SubgroupRow women = women(
                evaluation("standard", List.of(JPEG), List.of(before), List.of()),
                evaluation("standard", List.of(JPEG), List.of(measured(JPEG, 0.7)), List.of()));

        assertThat(women.value()).isCloseTo(0.7, within(1e-12));
        // a fuller suite may have measured more images, so its figures stay
        assertThat(new Findings(List.of(
                                evaluation("standard", List.of(JPEG), List.of(measured(JPEG, 0.7)), List.of()),
                                evaluation("full", List.of(JPEG), List.of(before), List.of())))
                        .measured())
                .containsExactly(before);
    }
}
