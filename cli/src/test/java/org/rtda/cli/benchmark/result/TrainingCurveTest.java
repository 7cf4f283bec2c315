package org.rtda.cli.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.TrainingMetric;

class TrainingCurveTest {
    private static TrainingMetric step(long step, int epoch, double loss, Map<String, Double> accuracy) {
        return TrainingMetric.builder()
                .id("m" + step)
                .time(Instant.parse("2026-11-23T10:00:00Z"))
                .experimentId("exp")
                .attempt(1)
                .step(step)
                .totalSteps(9)
                .epoch(epoch)
                .learningRate(0.1)
                .loss(loss)
                .terms(Map.of())
                .accuracy(accuracy)
                .stepMillis(1)
                .waitMillis(0)
                .build();
    }

    @Test
    void anEpochIsTheMeanOfItsStepsAndNullWhereNoneWasKept() {
        TrainingCurve curve = TrainingCurve.of(List.of(
                step(1, 1, 0.5, Map.of("clean", 0.5, "adversarial", 0.25)),
                step(2, 1, 0.25, Map.of("clean", 1.0, "adversarial", 0.5)),
                step(7, 3, 0.12345678, Map.of("clean", 1.0, "adversarial", 1.0))));

        assertThat(curve.loss()).containsExactly(0.375, null, 0.1235);
        assertThat(curve.accuracy().get("clean")).containsExactly(0.75, null, 1.0);
        assertThat(curve.hardestAccuracy()).containsExactly(0.375, null, 1.0);
    }

    @Test
    void withoutAnAttackInTrainingTheCleanImagesCount() {
        assertThat(TrainingCurve.of(List.of(step(1, 1, 0.5, Map.of("clean", 0.75))))
                        .hardestAccuracy())
                .containsExactly(0.75);
    }

    @Test
    void withoutStepsThereIsNone() {
        assertThat(TrainingCurve.of(List.of())).isNull();
    }
}
