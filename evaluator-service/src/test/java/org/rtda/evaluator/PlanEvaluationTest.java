package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Condition;
import org.rtda.contracts.DatasetRef;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;

class PlanEvaluationTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final PublishedMetrics published = new PublishedMetrics();
    private final RecordedEvents events = new RecordedEvents();
    private final PlanEvaluation planning = new PlanEvaluation(
            new DatasetReader(store, 0), published, events, Clock.fixed(Fixtures.NOW, ZoneOffset.UTC));

    private CheckpointSaved checkpoint(boolean last) {
        DatasetRef dataset = Fixtures.dataset(store, Map.of("train", 8, "val", 4, "test", 6));
        return Fixtures.checkpoint("exp", 3, last, Fixtures.spec(), dataset, Fixtures.ref("model"));
    }

    @Test
    void thePlanIsPublishedBeforeItsTasks() {
        planning.plan(checkpoint(false));

        assertThat(events.metrics).singleElement().isInstanceOf(RobustnessMetric.Planned.class);
        assertThat(events.tasks)
                .extracting(task -> task.condition().label())
                .containsExactly("clean", "pgd-l2-10@0.5", "gaussian-noise@3", "contrast-down@3");
        assertThat(events.tasks).allMatch(task -> task.images() == 64);
        assertThat(events.taskPartitions).doesNotHaveDuplicates();
    }

    @Test
    void aCheckpointThatComesAgainIsPlannedOnceAndOnlyOpenTasksAreAskedAgain() {
        planning.plan(checkpoint(false));
        events.tasks.clear();
        published.add("exp/epoch-00003/clean/result");
        published.add("exp/epoch-00003/gaussian-noise@3/result");
        planning.plan(checkpoint(false));

        assertThat(events.metrics).hasSize(1);
        assertThat(events.tasks)
                .extracting(EvaluationTask::id)
                .containsExactly("exp/epoch-00003/pgd-l2-10@0.5/task", "exp/epoch-00003/contrast-down@3/task");
    }

    @Test
    void aMissingDataSetLeavesOneConditionThatWillTellWhy() {
        CheckpointSaved checkpoint = Fixtures.checkpoint(
                "exp",
                3,
                true,
                Fixtures.spec(),
                new DatasetRef("gone", Fixtures.ref("datasets/gone/manifest.json")),
                Fixtures.ref("model"));
        planning.plan(checkpoint);

        assertThat(events.tasks).singleElement().satisfies(task -> assertThat(task.condition())
                .isEqualTo(Condition.clean("test")));
    }
}
