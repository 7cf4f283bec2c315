package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;

class AttemptsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private final Attempts attempts = new Attempts();

    private void said(long attempt, Phase phase, long step) {
        ExperimentStatus outcome = phase == Phase.ENDED
                ? ExperimentStatus.builder()
                        .id("e/" + attempt + "/TRAINED")
                        .time(NOW)
                        .experimentId("e")
                        .attempt(attempt)
                        .state(State.TRAINED)
                        .step(9)
                        .totalSteps(9)
                        .epoch(3)
                        .trainer("t")
                        .device("cpu")
                        .objective("CE")
                        .build()
                : null;
        attempts.receive(new ExperimentAttempt(
                "e/" + attempt + "/" + phase,
                NOW,
                Event.SCHEMA_VERSION,
                "e",
                attempt,
                "t" + attempt,
                phase,
                step,
                outcome));
    }

    @Test
    void anExperimentThatNobodyHasTakenHasNoAttempt() {
        assertThat(attempts.last("e")).isZero();
        assertThat(attempts.ended("e")).isEmpty();
        assertThat(attempts.lostAt("e", 0, 9)).isEmpty();
    }

    @Test
    void theLastAttemptIsTheHighestWhateverWasSaidLast() {
        said(1, Phase.BEGUN, 0);
        said(3, Phase.BEGUN, 0);
        said(1, Phase.OVERTAKEN, 0);
        assertThat(attempts.last("e")).isEqualTo(3);
        assertThat(attempts.last("another")).isZero();
    }

    @Test
    void trainersThatWereLostOneAfterTheOtherAtTheSameStepAreCounted() {
        said(1, Phase.BEGUN, 0);
        said(2, Phase.BEGUN, 40);
        said(3, Phase.BEGUN, 40);
        assertThat(attempts.lostAt("e", 40, 9))
                .extracting(ExperimentAttempt::trainer)
                .containsExactly("t2", "t3");
    }

    /** The run got further than where the lost ones began: it does not kill its trainers. */
    @Test
    void aCheckpointSinceTheyBeganForgivesThemAll() {
        said(1, Phase.BEGUN, 40);
        said(2, Phase.BEGUN, 40);
        assertThat(attempts.lostAt("e", 80, 9)).isEmpty();
    }

    @Test
    void trainersThatWereStoppedOrOvertakenAreNotLost() {
        said(1, Phase.BEGUN, 0);
        said(1, Phase.LEFT, 0);
        said(2, Phase.BEGUN, 0);
        said(2, Phase.OVERTAKEN, 0);
        said(3, Phase.BEGUN, 0);
        assertThat(attempts.lostAt("e", 0, 9))
                .extracting(ExperimentAttempt::attempt)
                .containsExactly(3L);
    }

    /** It was on its way when the attempt was thought dead. */
    @Test
    void nothingThatIsSaidAfterTheEndUndoesIt() {
        said(1, Phase.BEGUN, 0);
        said(1, Phase.ENDED, 0);
        said(1, Phase.OVERTAKEN, 0);
        assertThat(attempts.ended("e").orElseThrow().outcome().state()).isEqualTo(State.TRAINED);
    }
}
