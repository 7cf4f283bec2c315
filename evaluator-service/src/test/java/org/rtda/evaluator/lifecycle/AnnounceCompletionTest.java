package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.testkit.ForwardingStore;

class AnnounceCompletionTest {
    private static final Condition CLEAN = Condition.clean("test");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final RecordedEvents events = new RecordedEvents();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AnnounceCompletion announcement = new AnnounceCompletion(
            store, new DatasetReader(store, 0), events, Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC), meters);

    private static EndedEvaluation ended(String suite) {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec());
        String evaluation =
                EvaluationId.own(checkpoint.experimentId(), checkpoint.epoch()).text();
        return new EndedEvaluation(
                new EvaluationPlan(checkpoint, evaluation, suite, 0, List.of(CLEAN)).planned(EvaluatorFixtures.NOW),
                List.of(EvaluatorFixtures.failed(evaluation, CLEAN)));
    }

    @Test
    void aQuickEvaluationEndsWithoutGates() {
        announcement.announce(ended("quick"));

        assertThat(events.metrics).singleElement().isEqualTo(ended("quick").completed(EvaluatorFixtures.NOW));
    }

    @Test
    void aFullOneEndsAfterEveryGateAlsoWhenNothingIsKnownOfItsModel() {
        store.put(
                ObjectKeys.checkpoint("exp", 5, 1, ObjectKeys.CHECKPOINT), "nonsense".getBytes(StandardCharsets.UTF_8));
        announcement.announce(ended("full"));

        assertThat(events.metrics).hasSize(KnownNames.GATES.size() + 1);
        assertThat(events.metrics.subList(0, KnownNames.GATES.size()))
                .extracting(m -> ((RobustnessMetric.Gate) m).outcome())
                .containsOnly(RobustnessMetric.Gate.Outcome.NOT_JUDGED);
        assertThat(events.metrics.get(KnownNames.GATES.size()))
                .isInstanceOfSatisfying(RobustnessMetric.Completed.class, completed -> {
                    assertThat(completed.measured()).isZero();
                    assertThat(completed.failed()).isEqualTo(1);
                });
        assertThat(meters.counter("rtda.evaluator.gates", "outcome", "not-judged")
                        .count())
                .isEqualTo(KnownNames.GATES.size());
        assertThat(meters.counter("rtda.evaluator.gates", "outcome", "failed").count())
                .isZero();
        assertThat(meters.counter("rtda.evaluator.evaluations").count()).isEqualTo(1);
    }

    /** The gates that need the checkpoint would not be judged, for good. */
    @Test
    void whileTheStoreIsAwayNothingIsAnnounced() {
        ArtifactStore away = new ForwardingStore(store) {
            @Override
            public Optional<byte[]> find(String key) {
                throw new ArtifactStoreUnavailableException("nobody there", null);
            }

            @Override
            public List<String> list(String prefix) {
                throw new ArtifactStoreUnavailableException("nobody there", null);
            }
        };
        AnnounceCompletion waiting = new AnnounceCompletion(
                away,
                new DatasetReader(away, 0),
                events,
                Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC),
                new SimpleMeterRegistry());

        assertThatThrownBy(() -> waiting.announce(ended("full"))).isInstanceOf(ArtifactStoreUnavailableException.class);
        assertThat(events.metrics).isEmpty();
    }

    @Test
    void imagesAndAnswersThatKilledEvaluatorsLeftAreRemovedWithTheEndOfTheirEvaluationAndNoOthers() {
        String within = "/1/0/epoch-00005-attacked-jpeg@3/0.f32";
        String centres = "transient/exp/centres/";
        String own = centres + "evaluations/epoch-00005/judge-1/exp/evaluations/epoch-00005" + within;
        String anothers = centres
                + "named-evaluations/epoch-00005/review/judge-1/exp/named-evaluations/epoch-00005/review" + within;
        String earlier = centres + "evaluations/epoch-00004/judge-2/exp/evaluations/epoch-00004" + within;
        String answer = "transient/exp/evaluations/epoch-00005" + within;
        String answerToAnother = "transient/exp/named-evaluations/epoch-00005/review" + within;
        List.of(own, anothers, earlier, answer, answerToAnother).forEach(key -> store.put(key, new byte[] {1}));
        announcement.announce(ended("quick"));

        assertThat(store.list("transient/")).containsExactlyInAnyOrder(anothers, earlier, answerToAnother);
    }

    @Test
    void whatCannotBeRemovedDoesNotKeepAnEvaluationFromItsEnd() {
        store.put(
                "transient/exp/centres/evaluations/epoch-00005/judge-1/exp/evaluations/epoch-00005/1/0/epoch-00005-attacked-jpeg@3/0.f32",
                new byte[] {1});
        ArtifactStore full = new ForwardingStore(store) {
            @Override
            public void delete(String key) {
                throw new ArtifactStoreUnavailableException("not allowed", null);
            }
        };
        new AnnounceCompletion(
                        full,
                        new DatasetReader(full, 0),
                        events,
                        Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC),
                        meters)
                .announce(ended("quick"));

        assertThat(events.metrics).hasSize(1);
    }
}
