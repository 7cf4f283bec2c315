package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.gates.EndedEvaluation;

class PublishedMetricsTest {
    private final PublishedMetrics published = new PublishedMetrics();

    private boolean caughtUp() {
        return published.caughtUp().toCompletableFuture().isDone();
    }

    @Test
    void itIsCompleteWhenEveryPartitionWasReadToWhereItEndedAtAssignment() {
        published.assigned(Map.of(0, new OffsetRange(0, 2), 1, new OffsetRange(5, 6), 2, new OffsetRange(9, 9)));

        published.seen(0, 1);
        assertThat(caughtUp()).isFalse();
        published.seen(1, 5);
        assertThat(caughtUp()).isTrue();
    }

    @Test
    void anEmptyTopicIsCompleteAtOnceButNotBeforeAnythingIsAssigned() {
        published.assigned(Map.of());
        assertThat(caughtUp()).isFalse();

        published.assigned(Map.of(0, new OffsetRange(0, 0)));
        assertThat(caughtUp()).isTrue();
    }

    @Test
    void idsAreRemembered() {
        published.add(EvaluatorFixtures.failed("exp/epoch-00001", Condition.clean("val")));

        assertThat(published.contains("exp/epoch-00001/clean/result")).isTrue();
        assertThat(published.contains("exp/epoch-00002/clean/result")).isFalse();
    }

    @Test
    void theConditionsOfAnEvaluationAreKnownFromItsPlanToItsEnd() {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(2, false, EvaluatorFixtures.spec());
        String evaluation = EvaluationIds.evaluation(checkpoint);
        RobustnessMetric.Planned planned = new EvaluationPlan(
                        checkpoint, evaluation, "quick", 4, List.of(Condition.clean("val")))
                .planned(EvaluatorFixtures.NOW);

        published.add(planned);
        assertThat(published.openConditions(evaluation)).contains(Set.of(Condition.clean("val")));

        published.add(new EndedEvaluation(planned, List.of()).completed(EvaluatorFixtures.NOW));
        published.add(planned);
        assertThat(published.openConditions(evaluation)).isEmpty();
    }
}
