package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTest {
    private static ExperimentCommand.Cancel cancel(List<String> evaluations) {
        return new ExperimentCommand.Cancel("c", Instant.EPOCH, 1, "exp-1", evaluations);
    }

    @Test
    void endsWhatTheExperimentsOwnSettingsAskForWhetherOrNotItIsListed() {
        assertThat(cancel(List.of()).ends("exp-1/epoch-00005")).isTrue();
        assertThat(cancel(List.of()).ends("exp-10/epoch-00005")).isFalse();
    }

    @Test
    void endsOfNamedEvaluationsThoseThatAreListed() {
        ExperimentCommand.Cancel cancel = cancel(List.of("exp-1/epoch-00005/full"));

        assertThat(cancel.ends("exp-1/epoch-00005/full")).isTrue();
        assertThat(cancel.ends("exp-1/epoch-00005/full-2")).isFalse();
    }

    @Test
    void aCommandOfAnEarlierBuildListsNone() {
        ExperimentCommand.Cancel earlier = Golden.read(ExperimentCommand.Cancel.class);

        assertThat(earlier.evaluations()).isNull();
        assertThat(earlier.ends(earlier.experimentId() + "/epoch-00001/full")).isFalse();
    }

    @Test
    void aCommandForEvaluationsEndsTheseAndNoneOfTheExperimentsOwn() {
        ExperimentCommand command = new ExperimentCommand.CancelEvaluations(
                "c", Instant.EPOCH, 1, "exp-1", List.of("exp-1/epoch-00005", "exp-1/epoch-00005/full"));

        assertThat(command.ends("exp-1/epoch-00005")).isTrue();
        assertThat(command.ends("exp-1/epoch-00005/full")).isTrue();
        assertThat(command.ends("exp-1/epoch-00006")).isFalse();
        assertThat(command.ends("exp-1/epoch-00005/full-2")).isFalse();
    }
}
