package org.rtda.trainer.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.TrainingMetric;

class TrainerMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final TrainerMeters meters = new TrainerMeters(registry, nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private double stalledSeconds() {
        return registry.get("rtda.stalled").gauge().value();
    }

    private static TrainingMetric metric(double stepMillis, double waitMillis) {
        return TrainingMetric.builder()
                .id("exp/1/step/1")
                .time(Instant.EPOCH)
                .experimentId("exp")
                .attempt(1)
                .step(1)
                .totalSteps(10)
                .epoch(1)
                .learningRate(0.1)
                .loss(0.5)
                .terms(Map.of())
                .accuracy(Map.of())
                .stepMillis(stepMillis)
                .waitMillis(waitMillis)
                .build();
    }

    @Test
    void aTrainerWithoutAnExperimentIsNotStalled() {
        pass(Duration.ofHours(1));
        assertThat(stalledSeconds()).isZero();
    }

    @Test
    void anExperimentIsStalledForAsLongAsNoStepWasTaken() {
        meters.experimentBegan();
        pass(Duration.ofSeconds(90));
        assertThat(stalledSeconds()).isEqualTo(90);
        meters.stepTaken(metric(250, 100));
        pass(Duration.ofMillis(1500));
        assertThat(stalledSeconds()).isEqualTo(1.5);
        meters.experimentLeft();
        assertThat(stalledSeconds()).isZero();
    }

    @Test
    void stepsAndTheirWaitAreAddedUp() {
        meters.stepTaken(metric(250, 100));
        meters.stepTaken(metric(350, 50));
        assertThat(registry.get("rtda.training.step").timer().count()).isEqualTo(2);
        assertThat(registry.get("rtda.training.step").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(600);
        assertThat(registry.get("rtda.training.wait").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(150);
    }

    @Test
    void anEndIsCountedUnderItsStateAndEveryStateIsThereFromTheStart() {
        assertThat(registry.find("rtda.experiments.ended").counters()).hasSize(3);
        meters.ended(State.FAILED);
        assertThat(registry.get("rtda.experiments.ended")
                        .tag("state", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("rtda.experiments.ended")
                        .tag("state", "trained")
                        .counter()
                        .count())
                .isZero();
    }
}
