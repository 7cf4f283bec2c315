package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;

class AnnounceCancelledTest {
    private static final Condition CLEAN = Condition.clean("val");
    private static final Condition NOISE = Condition.corruption("gaussian-noise", 3, "val");
    private static final CheckpointSaved CHECKPOINT = EvaluatorFixtures.checkpoint(2, false, EvaluatorFixtures.spec());

    private final PublishedMetrics published = new PublishedMetrics();
    private final CancelledEvaluations cancelled = new CancelledEvaluations();
    private final RecordedEvents events = new RecordedEvents();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AnnounceCancelled announcement = new AnnounceCancelled(
            published, cancelled, events, Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC), meters);

    private static RobustnessMetric.Planned planned(String evaluation) {
        return new EvaluationPlan(CHECKPOINT, evaluation, "quick", 4, List.of(CLEAN, NOISE))
                .planned(EvaluatorFixtures.NOW);
    }

    @Test
    void whatNobodyHasAnsweredIsAnsweredOnceAndTheAnswerEndsTheEvaluation() {
        published.received(planned("exp/epoch-00002"));
        published.received(EvaluatorFixtures.failed("exp/epoch-00002", CLEAN));
        announcement.ofExperiment("exp");
        assertThat(events.metrics).as("nobody cancelled it").isEmpty();

        cancelled.apply(EvaluatorFixtures.cancel("exp"));
        announcement.ofExperiment("exp");
        announcement.ofExperiment("exp");

        assertThat(events.metrics).singleElement().isInstanceOfSatisfying(RobustnessMetric.Failed.class, answer -> {
            assertThat(answer.id()).isEqualTo("exp/epoch-00002/gaussian-noise@3/result");
            assertThat(answer.reason()).isEqualTo("cancelled");
            assertThat(answer.wasCancelled()).isTrue();
        });
        assertThat(meters.counter("rtda.evaluator.conditions.dropped").count()).isEqualTo(1);
        published.received(events.metrics.get(0));
        assertThat(published.endedBy(events.metrics.get(0))).hasValueSatisfying(ended -> assertThat(
                        ended.completed(EvaluatorFixtures.NOW).cancelled())
                .isEqualTo(1));
    }

    @Test
    void evaluationsThatTheCommandDoesNotNameAndAnotherExperimentsAreLeft() {
        published.received(planned("exp/epoch-00002/asked"));
        published.received(planned("exp/epoch-00002/other"));
        cancelled.apply(EvaluatorFixtures.cancel("exp", "exp/epoch-00002/asked"));

        announcement.ofExperiment("another");
        assertThat(events.metrics).isEmpty();
        announcement.ofExperiment("exp");
        assertThat(events.metrics)
                .extracting(RobustnessMetric::evaluationId)
                .containsExactly("exp/epoch-00002/asked", "exp/epoch-00002/asked");
    }

    @Test
    void aCommandForOneEvaluationLeavesTheOthersOfTheExperiment() {
        published.received(planned("exp/epoch-00001"));
        published.received(planned("exp/epoch-00002"));
        published.received(planned("exp/epoch-00002/asked"));
        cancelled.apply(new ExperimentCommand.CancelEvaluations(
                "c", EvaluatorFixtures.NOW, 1, "exp", List.of("exp/epoch-00002")));

        announcement.ofExperiment("exp");

        assertThat(events.metrics)
                .extracting(RobustnessMetric::evaluationId)
                .containsExactly("exp/epoch-00002", "exp/epoch-00002");
    }
}
