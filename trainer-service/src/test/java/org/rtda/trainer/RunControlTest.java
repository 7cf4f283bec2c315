package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunControlTest {

    @Test
    void aRunThatWasToldNothingGoesOn() {
        assertThatCode(new RunControl()::check).doesNotThrowAnyException();
    }

    @Test
    void theFirstWordCounts() {
        RunControl control = new RunControl();
        control.cancel();
        control.fail("too late");
        assertThat(control.isCancelled()).isTrue();
        assertThatThrownBy(control::check)
                .isInstanceOf(TrainingStoppedException.class)
                .hasMessage("cancelled");
    }

    @Test
    void aFailureFromOutsideCarriesItsReason() {
        RunControl control = new RunControl();
        control.fail("a record could not be processed: not a AttackRequest");
        assertThatThrownBy(control::check)
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("not a AttackRequest");
    }

    @Test
    void losingAPartitionStopsItsRunsAndNoOthers() {
        OpenRuns runs = new OpenRuns();
        OpenRuns.OpenRun lost = runs.begin("a", 3);
        OpenRuns.OpenRun kept = runs.begin("b", 4);
        runs.partitionLost(3);
        assertThat(lost.control().isStopped()).isTrue();
        assertThat(lost.control().isCancelled()).isFalse();
        assertThat(kept.control().isStopped()).isFalse();
    }

    @Test
    void aRunThatHasEndedIsNoLongerReached() {
        OpenRuns runs = new OpenRuns();
        OpenRuns.OpenRun ended = runs.begin("a", 3);
        runs.end(ended);
        runs.cancel("a");
        assertThat(ended.control().isStopped()).isFalse();
    }
}
