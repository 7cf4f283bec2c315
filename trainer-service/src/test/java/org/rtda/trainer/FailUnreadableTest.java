package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.trainer.telemetry.TrainerMeters;

class FailUnreadableTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OpenRuns openRuns = new OpenRuns();
    private final RunControl control = new RunControl();
    private final List<ExperimentStatus> ended = new ArrayList<>();
    private boolean isWaiting = true;
    private final FailUnreadable failing = new FailUnreadable(
            openRuns::isSubmitted,
            (id, stopped, outcome) -> {
                stopped.check();
                if (isWaiting) {
                    ended.add(outcome.apply(3));
                }
                return isWaiting;
            },
            "trainer-1",
            new TrainerMeters(registry, System::nanoTime));

    private static ConsumerRecord<String, byte[]> unreadable(String key, String header) {
        ConsumerRecord<String, byte[]> refused = new ConsumerRecord<>("experiments", 0, 7, key, new byte[] {'{'});
        refused.headers().add(Topic.EXPERIMENT_HEADER, header.getBytes(StandardCharsets.UTF_8));
        return refused;
    }

    private double failures() {
        return registry.get("rtda.experiments.ended")
                .tag("state", "failed")
                .counter()
                .count();
    }

    @Test
    void aRunWhoseCommandNobodyCanReadFailsWithTheReason() {
        failing.fail(unreadable("exp", "exp"), "schemaVersion must be 1, was 2", control);

        assertThat(ended).singleElement().satisfies(status -> {
            assertThat(status.experimentId()).isEqualTo("exp");
            assertThat(status.id()).isEqualTo("exp/3/FAILED");
            assertThat(status.attempt()).isEqualTo(3);
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.step()).isZero();
            assertThat(status.trainer()).isEqualTo("trainer-1");
            assertThat(status.reason()).contains("cannot be read").contains("schemaVersion must be 1, was 2");
        });
        assertThat(failures()).isEqualTo(1);
    }

    /** The record may be a cancel of a later build: the run that waits is healthy. */
    @Test
    void aRunOfWhichThereIsACommandThatCanBeReadIsLeftAlone() {
        openRuns.hear(new ExperimentCommand.Submit(
                "exp/submit",
                Instant.EPOCH,
                1,
                "exp",
                ExperimentSpec.builder().dataset("busi").build(),
                new DatasetRef("busi", new ObjectRef("datasets/busi/manifest.json", "ab".repeat(32), 8))));
        failing.fail(unreadable("exp", "exp"), "no JSON", control);

        assertThat(ended).isEmpty();
    }

    /** Whoever names a run, or deletes it, has not submitted it. */
    @Test
    void otherCommandsOfTheRunThatCanBeReadDoNotStandForTheOneThatCannot() {
        openRuns.hear(new ExperimentCommand.Describe("d", Instant.EPOCH, 1, "exp", "a name", null, null));
        openRuns.hear(new ExperimentCommand.CancelEvaluations("c", Instant.EPOCH, 1, "exp", List.of("exp/e/x")));
        openRuns.hear(new ExperimentCommand.Delete("e", Instant.EPOCH, 1, "exp"));
        failing.fail(unreadable("exp", "exp"), "no JSON", control);

        assertThat(ended).hasSize(1);
    }

    @Test
    void aRunThatATrainerHasOrThatHasEndedIsNotCountedAsFailed() {
        isWaiting = false;
        failing.fail(unreadable("exp", "exp"), "no JSON", control);

        assertThat(failures()).isZero();
    }

    @Test
    void aRecordThatNamesNoExperimentEndsNone() {
        failing.fail(unreadable("exp", "another"), "no JSON", control);
        failing.fail(unreadable("No Name", "No Name"), "no JSON", control);

        assertThat(ended).isEmpty();
    }

    @Test
    void whoIsStoppedLeavesTheRecordToOthers() {
        control.handOver();

        assertThatThrownBy(() -> failing.fail(unreadable("exp", "exp"), "no JSON", control))
                .isInstanceOf(TrainingStoppedException.class);
        assertThat(failures()).isZero();
    }
}
