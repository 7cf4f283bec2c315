package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentCommand;

class RunControlTest {
    private final OpenRuns runs = new OpenRuns();

    @Test
    void aRunThatWasToldNothingGoesOn() {
        assertThatCode(new RunControl()::check).doesNotThrowAnyException();
    }

    @Test
    void theFirstWordCounts() {
        RunControl control = new RunControl();
        control.cancel();
        control.handOver();
        assertThat(control.isCancelled()).isTrue();
        assertThatThrownBy(control::check)
                .isInstanceOf(TrainingStoppedException.class)
                .hasMessage("cancelled");
    }

    private void cancel(String experiment) {
        runs.hear(new ExperimentCommand.Cancel("c", Instant.EPOCH, 1, experiment, List.of()));
    }

    @Test
    void cancellingReachesTheRunUnderWayAndNoOther() {
        RunControl control = runs.begin("a");
        cancel("b");
        assertThatCode(control::check).doesNotThrowAnyException();
        cancel("a");
        assertThat(control.isCancelled()).isTrue();
    }

    @Test
    void aRunThatWasCancelledWhileItWaitedIsToldBeforeItBegins() {
        cancel("a");
        assertThat(runs.begin("a").isCancelled()).isTrue();
        runs.end();
        assertThatCode(runs.begin("b")::check).doesNotThrowAnyException();
    }

    @Test
    void aStoppingTrainerBeginsNothing() {
        runs.stopAll();
        assertThat(runs.begin("a").isHandedOver()).isTrue();
    }

    @Test
    void aRunThatHasEndedIsNoLongerReached() {
        RunControl ended = runs.begin("a");
        runs.end();
        cancel("a");
        assertThatCode(ended::check).doesNotThrowAnyException();
    }

    @Test
    void whoStopsTheTrainerIsToldWhetherTheRunHasEnded() throws InterruptedException {
        assertThat(runs.awaitEnd(Duration.ofDays(1))).as("nothing is run").isTrue();
        runs.begin("a");
        assertThat(runs.awaitEnd(Duration.ZERO)).isFalse();
        Thread run = new Thread(runs::end);
        run.start();
        assertThat(runs.awaitEnd(Duration.ofDays(1))).isTrue();
        run.join();
    }
}
