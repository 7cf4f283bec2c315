package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.store.InMemoryArtifactStore;

class FailUnplannedTest {
    private static final EvaluationId OWN = EvaluationId.own("exp", 3);
    private static final EvaluationId NAMED = EvaluationId.named("exp", 3, "review");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final PublishedMetrics published = new PublishedMetrics();
    private final RecordedEvents events = new RecordedEvents();
    private final FailUnplanned failing = failing(events);

    private FailUnplanned failing(EvaluatorEvents to) {
        return new FailUnplanned(store, published, to, Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC));
    }

    private void store(boolean last) {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(3, last, EvaluatorFixtures.spec());
        store.put(ObjectKeys.checkpoint("exp", 3, 1, ObjectKeys.CHECKPOINT), EventCodec.write(checkpoint));
    }

    private RobustnessMetric.Planned planned() {
        return (RobustnessMetric.Planned) events.metrics.get(1);
    }

    @Test
    void theEvaluationIsPlannedWithOneConditionThatHasFailedWithTheReasonAndIsOver() {
        store(true);
        failing.fail(OWN, "no JSON");

        RobustnessMetric.Failed failed = (RobustnessMetric.Failed) events.metrics.get(0);
        assertThat(failed.evaluationId()).isEqualTo("exp/epoch-00003");
        assertThat(failed.condition()).isEqualTo(Condition.clean("test"));
        assertThat(failed.reason()).contains("cannot be read").contains("no JSON");
        assertThat(failed.last()).isTrue();
        assertThat(planned().conditions()).containsExactly(Condition.clean("test"));
        assertThat(planned().suite()).isEqualTo("standard");
        assertThat(planned().attempt()).isEqualTo(1);
        assertThat(planned().step()).isEqualTo(30);
        assertThat(planned().subject().method()).isEqualTo("rtda");
        assertThat(events.tasks).isEmpty();
        // as every evaluator reads them: the second one ends it
        events.metrics.forEach(published::received);
        assertThat(published.endedBy(failed)).isEmpty();
        assertThat(published.endedBy(planned())).hasValueSatisfying(ended -> assertThat(
                        ended.completed(EvaluatorFixtures.NOW).failed())
                .isEqualTo(1));
    }

    @Test
    void theEvaluationOfACheckpointThatIsNotTheLastIsAQuickOne() {
        store(false);
        failing.fail(OWN, "no JSON");

        assertThat(planned().suite()).isEqualTo("quick");
        assertThat(planned().conditions()).containsExactly(Condition.clean("val"));
        assertThat(planned().last()).isFalse();
    }

    /** A later build's checkpoint can be read as little as what announces it. */
    @Test
    void withoutTheStoredCheckpointItIsOverAllTheSame() {
        store.put(ObjectKeys.checkpoint("exp", 3, 1, ObjectKeys.CHECKPOINT), new byte[] {'{'});
        failing.fail(NAMED, "schemaVersion must be 1, was 2");

        assertThat(planned().evaluationId()).isEqualTo("exp/epoch-00003/review");
        assertThat(planned().epoch()).isEqualTo(3);
        assertThat(planned().suite()).isEqualTo("full");
        assertThat(planned().subject()).isNull();
        assertThat(events.metrics).hasSize(2);
    }

    @Test
    void anEvaluationThatIsPlannedOrCompleteIsLeftAlone() {
        published.received(new EvaluationPlan(
                        EvaluatorFixtures.checkpoint(3, false, EvaluatorFixtures.spec()),
                        OWN.text(),
                        "quick",
                        4,
                        List.of(Condition.clean("val")))
                .planned(EvaluatorFixtures.NOW));
        published.received(RobustnessMetric.Completed.builder()
                .id("c")
                .time(EvaluatorFixtures.NOW)
                .experimentId("exp")
                .evaluationId(NAMED.text())
                .epoch(3)
                .last(false)
                .measured(1)
                .failed(0)
                .build());
        failing.fail(OWN, "no JSON");
        failing.fail(NAMED, "no JSON");

        assertThat(events.metrics).isEmpty();
    }

    /** Should it die between the two messages, the next evaluator finds no plan, and says both again under the same ids. */
    @Test
    void anEvaluatorThatDiesInBetweenLeavesNoPlanWithoutAnswer() {
        EvaluatorEvents dying = new EvaluatorEvents() {
            @Override
            public CompletionStage<Void> publish(RobustnessMetric metric) {
                return metric instanceof RobustnessMetric.Planned
                        ? CompletableFuture.failedFuture(new IllegalStateException("dead"))
                        : events.publish(metric);
            }

            @Override
            public CompletionStage<Void> request(EvaluationTask task) {
                throw new AssertionError("nothing is measured");
            }

            @Override
            public CompletionStage<Void> request(EvaluationLane lane, AttackRequest request) {
                throw new AssertionError("nothing is measured");
            }
        };
        assertThatThrownBy(() -> failing(dying).fail(OWN, "no JSON")).hasMessageContaining("dead");
        failing.fail(OWN, "no JSON");

        assertThat(events.metrics)
                .extracting(RobustnessMetric::id)
                .containsExactly(
                        "exp/epoch-00003/clean/result", "exp/epoch-00003/clean/result", "exp/epoch-00003/planned");
    }
}
