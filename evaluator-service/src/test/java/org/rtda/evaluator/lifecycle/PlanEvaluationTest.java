package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;

class PlanEvaluationTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final PublishedMetrics published = new PublishedMetrics();
    private final RecordedEvents events = new RecordedEvents();
    private final CancelledEvaluations cancelled = new CancelledEvaluations();
    private final Clock clock = Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC);
    private PlanEvaluation.Heard cancels = () -> {};
    private final PlanEvaluation planning = new PlanEvaluation(
            new DatasetReader(store, 0),
            published,
            cancelled,
            new AnnounceCancelled(published, cancelled, events, clock, new SimpleMeterRegistry()),
            () -> cancels.await(),
            events,
            clock);

    private CheckpointSaved checkpoint(boolean last) {
        DatasetRef dataset = EvaluatorFixtures.dataset(store, Map.of("train", 8, "val", 4, "test", 6));
        return EvaluatorFixtures.checkpoint(
                "exp", 3, last, EvaluatorFixtures.spec(), dataset, EvaluatorFixtures.model("exp"));
    }

    @Test
    void thePlanIsPublishedBeforeItsTasks() throws Exception {
        planning.plan(checkpoint(false));

        assertThat(events.metrics).singleElement().isInstanceOf(RobustnessMetric.Planned.class);
        assertThat(events.tasks)
                .extracting(task -> task.condition().label())
                .containsExactly("pgd-l2-10@0.5", "clean", "gaussian-noise@3", "contrast-down@3");
        assertThat(events.tasks).allMatch(task -> task.images() == 64);
    }

    private void plan(CheckpointSaved checkpoint) {
        try {
            planning.plan(checkpoint);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theBrokerHasTheTasksThatWaitForAttackersBeforeItIsGivenTheOthers() throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        events.onTask = task -> taken;
        CompletableFuture<Void> planned = CompletableFuture.runAsync(() -> plan(checkpoint(false)));
        await().until(() -> !events.tasks.isEmpty());

        assertThat(events.tasks).extracting(task -> task.condition().kind()).containsOnly(Condition.Kind.ATTACK);
        taken.complete(null);
        planned.join();
        assertThat(events.tasks).hasSize(4);
    }

    @Test
    void aCheckpointThatComesAgainIsPlannedOnceAndOnlyOpenTasksAreAskedAgain() throws Exception {
        planning.plan(checkpoint(false));
        events.tasks.clear();
        published.add(EvaluatorFixtures.failed("exp/epoch-00003", Condition.clean("val")));
        published.add(EvaluatorFixtures.failed("exp/epoch-00003", Condition.corruption("gaussian-noise", 3, "val")));
        planning.plan(checkpoint(false));

        assertThat(events.metrics).hasSize(1);
        assertThat(events.tasks)
                .extracting(EvaluationTask::id)
                .containsExactly("exp/epoch-00003/pgd-l2-10@0.5/task", "exp/epoch-00003/contrast-down@3/task");
    }

    private EvaluationCommand command(String name, String suite, List<SourceModel> transferFrom) {
        return EvaluationCommand.builder()
                .id("c")
                .time(EvaluatorFixtures.NOW)
                .experimentId("exp")
                .name(name)
                .checkpoint(checkpoint(false))
                .suite(suite)
                .transferFrom(transferFrom)
                .build();
    }

    @Test
    void aCommandThatComesTwiceIsPlannedOnceUnderItsName() throws Exception {
        planning.plan(command("review", "quick", null));
        planning.plan(command("review", "quick", null));

        assertThat(events.metrics).singleElement().satisfies(planned -> assertThat(planned.evaluationId())
                .isEqualTo("exp/epoch-00003/review"));
        assertThat(events.tasks).extracting(EvaluationTask::id).contains("exp/epoch-00003/review/clean/task");
    }

    @Test
    void anotherCommandOfTheSameNameAddsNoConditionsToThePlan() throws Exception {
        planning.plan(command("review", "quick", null));
        events.tasks.clear();
        planning.plan(command("review", "full", null));

        assertThat(events.metrics).hasSize(1);
        // those that were planned, of the quick suite's split and size, since nobody has answered them
        assertThat(events.tasks)
                .extracting(
                        task -> task.condition().label(),
                        task -> task.condition().split(),
                        EvaluationTask::suite,
                        EvaluationTask::images)
                .containsExactly(
                        tuple("pgd-l2-10@0.5", "val", "quick", 64),
                        tuple("clean", "val", "quick", 64),
                        tuple("gaussian-noise@3", "val", "quick", 64),
                        tuple("contrast-down@3", "val", "quick", 64));
    }

    private RobustnessMetric.Planned planned(String suite, Condition... conditions) {
        return new EvaluationPlan(checkpoint(false), "exp/epoch-00003", suite, 64, List.of(conditions))
                .planned(EvaluatorFixtures.NOW);
    }

    /** The evaluator that planned it died, and the one that is given the checkpoint next is of another build. */
    @Test
    void everyConditionOfThePlanThatStandsHasATaskAlsoOneThatThisBuildWouldNotPlan() throws Exception {
        Condition clean = Condition.clean("val");
        Condition dropped = Condition.corruption("jpeg", 5, "val");
        published.received(planned("quick", clean, dropped));
        planning.plan(checkpoint(false));

        assertThat(events.metrics).isEmpty();
        assertThat(events.tasks)
                .extracting(EvaluationTask::id, EvaluationTask::images)
                .containsExactly(tuple("exp/epoch-00003/clean/task", 64), tuple("exp/epoch-00003/jpeg@5/task", 64));
    }

    @Test
    void ofTwoPlansThatArePublishedAtOnceTheOneThatTheTopicHasFirstStands() throws Exception {
        Condition others = Condition.corruption("jpeg", 5, "test");
        cancels = () -> published.received(planned("full", others));
        planning.plan(checkpoint(false));

        assertThat(events.metrics).hasSize(1);
        // all test images of the settings, as the full suite has it
        assertThat(events.tasks)
                .extracting(EvaluationTask::id, EvaluationTask::suite, EvaluationTask::images)
                .containsExactly(tuple("exp/epoch-00003/jpeg@5/task", "full", 0));
    }

    @Test
    void whatTheSettingsOfACancelledExperimentAskForIsPlannedAndEveryConditionIsAnsweredAsCancelled() throws Exception {
        cancelled.apply(EvaluatorFixtures.cancel("exp"));
        planning.plan(checkpoint(false));

        assertThat(events.metrics.get(0)).isInstanceOf(RobustnessMetric.Planned.class);
        assertThat(events.metrics.subList(1, events.metrics.size()))
                .hasSize(4)
                .allMatch(answer -> ((RobustnessMetric.Failed) answer).wasCancelled());
        assertThat(events.tasks).isEmpty();
    }

    @Test
    void aCancelThatIsHeardWhileThePlanIsPublishedEndsIt() throws Exception {
        cancels = () -> {
            assertThat(events.metrics).hasSize(1);
            cancelled.apply(EvaluatorFixtures.cancel("exp"));
        };
        planning.plan(checkpoint(false));

        assertThat(events.metrics).hasSize(1 + 4);
        assertThat(events.tasks).isEmpty();
    }

    @Test
    void aCancelledExperimentCanBeEvaluatedLaterByName() throws Exception {
        cancelled.apply(EvaluatorFixtures.cancel("exp", "exp/epoch-00003/review"));
        planning.plan(command("review-2", "quick", null));

        assertThat(events.tasks).hasSize(4);
    }

    @Test
    void anEvaluationThatIsCompleteIsNotBegunAgain() throws Exception {
        planning.plan(checkpoint(false));
        RobustnessMetric.Planned planned = (RobustnessMetric.Planned) events.metrics.get(0);
        published.received(new EndedEvaluation(planned, List.of()).completed(EvaluatorFixtures.NOW));
        events.metrics.clear();
        events.tasks.clear();
        planning.plan(checkpoint(false));

        assertThat(events.metrics).isEmpty();
        assertThat(events.tasks).isEmpty();
    }

    @Test
    void aCommandThatContradictsItselfIsRefused() throws Exception {
        CheckpointSaved anothers = EvaluatorFixtures.checkpoint(
                "other",
                3,
                false,
                EvaluatorFixtures.spec(),
                checkpoint(false).dataset(),
                EvaluatorFixtures.model("other"));
        SourceModel source = new SourceModel("exp-2", "resnet8", EvaluatorFixtures.weights("exp-2"));

        assertThatThrownBy(() -> planning.plan(EvaluationCommand.builder()
                        .id("c")
                        .time(EvaluatorFixtures.NOW)
                        .experimentId("exp")
                        .name("review")
                        .checkpoint(anothers)
                        .suite("full")
                        .build()))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("checkpoint.experimentId");
        assertThatThrownBy(() -> planning.plan(command("transfer", null, List.of(source, source))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("exp-2 twice");
        assertThat(events.metrics).isEmpty();
    }

    @Test
    void aMissingDataSetLeavesOneConditionThatWillTellWhy() throws Exception {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp",
                3,
                true,
                EvaluatorFixtures.spec(),
                new DatasetRef("gone", EvaluatorFixtures.ref("datasets/gone/manifest.json")),
                EvaluatorFixtures.model("exp"));
        planning.plan(checkpoint);

        assertThat(events.tasks).singleElement().satisfies(task -> assertThat(task.condition())
                .isEqualTo(Condition.clean("test")));
    }
}
