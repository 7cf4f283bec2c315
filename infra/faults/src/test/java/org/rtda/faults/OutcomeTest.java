package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;

class OutcomeTest {

    @Test
    void twoRunsOfOneSpecificationHaveOneOutcomeWhateverTheirIdsTimesAndAttempts() {
        List<Watch.Seen> first = List.of(
                Said.step("exp-a", 1, 1, 0.5),
                Said.step("exp-a", 1, 2, 0.25),
                Said.checkpoint("exp-a", true, "77"),
                Said.status("exp-a", "TRAINED", null),
                Said.planned("exp-a"),
                Said.measured("exp-a", 0.75),
                Said.completed("exp-a"));
        List<Watch.Seen> second = List.of(
                Said.step("exp-b", 4, 1, 0.5),
                Said.step("exp-b", 9, 2, 0.25),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.completed("exp-b"));

        assertThat(Outcome.of("exp-a", first).steps())
                .isEqualTo(Outcome.of("exp-b", second).steps());
        assertThat(Outcome.of("exp-a", first).figures().keySet())
                .isEqualTo(Outcome.of("exp-b", second).figures().keySet())
                .hasSize(3);
        assertThat(Comparison.of(Outcome.of("exp-a", first), Outcome.of("exp-b", second))
                        .failures())
                .isEmpty();
    }

    @Test
    void onlyTheLastCheckpointsWeightsAreTheFinalOnes() {
        Outcome outcome = Outcome.of(
                "exp-a", List.of(Said.checkpoint("exp-a", true, "77"), Said.checkpoint("exp-a", false, "33")));

        assertThat(outcome.weights()).isEqualTo("77");
    }

    @Test
    void theOrderOfFieldsIsNoContent() throws JsonProcessingException {
        String start = "{\"experimentId\":\"exp-a\",\"step\":1,\"accuracy\":";
        Watch.Seen one = step(start + "{\"clean\":0.5,\"augmix\":0.25}}");
        Watch.Seen other = step(start + "{\"augmix\":0.25,\"clean\":0.5}}");

        assertThat(Outcome.of("exp-a", List.of(one, other)).steps().get(1L)).hasSize(1);
    }

    private static Watch.Seen step(String json) throws JsonProcessingException {
        return new Watch.Seen(
                Topic.TRAINING_METRICS, "exp-a", EventCodec.mapper().readTree(json), 0);
    }

    @Test
    void theFirstFinalStateCounts() {
        Outcome outcome = Outcome.of(
                "exp-a",
                List.of(
                        Said.status("exp-a", "RUNNING", null),
                        Said.status("exp-a", "FAILED", "why"),
                        Said.status("exp-a", "TRAINED", null)));

        assertThat(outcome.state()).isEqualTo(State.FAILED);
        assertThat(outcome.reason()).isEqualTo("why");
    }

    @Test
    void anEvaluationThatWasPlannedIsOpenUntilItIsCompleted() {
        assertThat(Outcome.of("exp-a", List.of(Said.planned("exp-a"), Said.measured("exp-a", 0.5)))
                        .open())
                .containsExactly("epoch-00001");
        assertThat(Outcome.of("exp-a", List.of(Said.completed("exp-a"), Said.planned("exp-a")))
                        .open())
                .isEmpty();
    }

    @Test
    void aTrainedRunIsOverOnlyWhenEveryEvaluationOfAnUndisturbedOneIsCompleted() {
        Outcome undisturbed = Outcome.of(
                "exp-a",
                List.of(Said.status("exp-a", "TRAINED", null), Said.planned("exp-a"), Said.completed("exp-a")));
        Outcome trained = Outcome.of("exp-b", List.of(Said.status("exp-b", "TRAINED", null)));
        Outcome judged = Outcome.of(
                "exp-b",
                List.of(Said.status("exp-b", "TRAINED", null), Said.planned("exp-b"), Said.completed("exp-b")));
        Outcome failed = Outcome.of("exp-b", List.of(Said.status("exp-b", "FAILED", "why")));

        assertThat(trained.isOver(undisturbed)).isFalse();
        assertThat(judged.isOver(undisturbed)).isTrue();
        assertThat(failed.isOver(undisturbed)).isTrue();
    }
}
