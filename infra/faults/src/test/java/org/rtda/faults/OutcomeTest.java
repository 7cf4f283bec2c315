package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;

class OutcomeTest {

    @Test
    void twoRunsOfOneSpecificationHaveOneOutcomeWhateverTheirIdsTimesAndAttempts() {
        List<Watch.Seen> first = List.of(
                Said.step("a", 1, 1, 0.5),
                Said.step("a", 1, 2, 0.25),
                Said.checkpoint("a", true, "77"),
                Said.status("a", "TRAINED", null),
                Said.planned("a"),
                Said.measured("a", 0.75),
                Said.completed("a"));
        List<Watch.Seen> second = List.of(
                Said.step("b", 4, 1, 0.5),
                Said.step("b", 9, 2, 0.25),
                Said.checkpoint("b", true, "77"),
                Said.status("b", "TRAINED", null),
                Said.planned("b"),
                Said.measured("b", 0.75),
                Said.completed("b"));

        assertThat(Outcome.of("a", first).steps())
                .isEqualTo(Outcome.of("b", second).steps());
        assertThat(Outcome.of("a", first).figures().keySet())
                .isEqualTo(Outcome.of("b", second).figures().keySet())
                .hasSize(3);
        assertThat(Comparison.of(Outcome.of("a", first), Outcome.of("b", second)).failures())
                .isEmpty();
    }

    @Test
    void onlyTheLastCheckpointsWeightsAreTheFinalOnes() {
        Outcome outcome =
                Outcome.of("a", List.of(Said.checkpoint("a", true, "77"), Said.checkpoint("a", false, "33")));

        assertThat(outcome.weights()).isEqualTo("77");
    }

    @Test
    void theFirstFinalStateCounts() {
        Outcome outcome = Outcome.of(
                "a", List.of(Said.status("a", "RUNNING", null), Said.status("a", "FAILED", "why"), Said.status("a", "TRAINED", null)));

        assertThat(outcome.state()).isEqualTo(State.FAILED);
        assertThat(outcome.reason()).isEqualTo("why");
    }

    @Test
    void anEvaluationThatWasPlannedIsOpenUntilItIsCompleted() {
        assertThat(Outcome.of("a", List.of(Said.planned("a"), Said.measured("a", 0.5))).open())
                .containsExactly("epoch-00001");
        assertThat(Outcome.of("a", List.of(Said.completed("a"), Said.planned("a"))).open())
                .isEmpty();
    }

    @Test
    void aTrainedRunIsOverOnlyWhenEveryEvaluationOfAnUndisturbedOneIsCompleted() {
        Outcome undisturbed = Outcome.of(
                "a", List.of(Said.status("a", "TRAINED", null), Said.planned("a"), Said.completed("a")));
        Outcome trained = Outcome.of("b", List.of(Said.status("b", "TRAINED", null)));
        Outcome judged = Outcome.of(
                "b", List.of(Said.status("b", "TRAINED", null), Said.planned("b"), Said.completed("b")));
        Outcome failed = Outcome.of("b", List.of(Said.status("b", "FAILED", "why")));

        assertThat(trained.isOver(undisturbed)).isFalse();
        assertThat(judged.isOver(undisturbed)).isTrue();
        assertThat(failed.isOver(undisturbed)).isTrue();
    }
}
