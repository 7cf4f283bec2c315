package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.store.InMemoryArtifactStore;

class EvaluationSweepTest {
    private static final Condition CLEAN = Condition.clean("test");
    private static final String WITHIN = "/1/0/epoch-00005-pgd-l2-10@0.5/0.f32";

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final PublishedMetrics published = new PublishedMetrics();

    private static RobustnessMetric.Planned planned(String evaluation) {
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec());
        return new EvaluationPlan(checkpoint, evaluation, "full", 0, List.of(CLEAN)).planned(EvaluatorFixtures.NOW);
    }

    /** Its only condition is answered with the reason that it is cancelled, and its end is announced. */
    private void cancelled(String evaluation) {
        RobustnessMetric.Planned planned = planned(evaluation);
        published.received(planned);
        List<RobustnessMetric.Failed> answers =
                published.open(evaluation).orElseThrow().cancelled(EvaluatorFixtures.NOW);
        answers.forEach(published::received);
        published.received(new EndedEvaluation(planned, List.copyOf(answers)).completed(EvaluatorFixtures.NOW));
    }

    @Test
    void answersThatCameAfterACancelledEvaluationHadEndedAreRemovedAndNothingElse() {
        cancelled("exp/epoch-00005");
        cancelled("exp/epoch-00005/review");
        published.received(planned("exp/epoch-00005/open"));
        List<String> left = List.of(
                "transient/exp/evaluations/epoch-00005" + WITHIN,
                "transient/exp/named-evaluations/epoch-00005/review" + WITHIN,
                "transient/exp/centres/evaluations/epoch-00005/judge-1/exp/evaluations/epoch-00005" + WITHIN,
                "transient/exp/centres/named-evaluations/epoch-00005/review/judge-1/exp/named-evaluations/epoch-00005/review"
                        + WITHIN);
        List<String> kept = List.of(
                "transient/exp/1/3/adversarial/0.f32",
                "transient/exp/1/weights-3.safetensors",
                "transient/exp/evaluations/epoch-00006" + WITHIN,
                "transient/exp/evaluations/nonsense" + WITHIN,
                "transient/exp/named-evaluations/epoch-00005/open" + WITHIN,
                "transient/exp/centres/named-evaluations/epoch-00005/open/judge-1/exp/named-evaluations/epoch-00005/open"
                        + WITHIN,
                "transient/other/evaluations/epoch-00005" + WITHIN);
        left.forEach(key -> store.put(key, new byte[] {1}));
        kept.forEach(key -> store.put(key, new byte[] {1}));
        store.put("experiments/exp/evaluations/epoch-00005/clean.json", new byte[] {1});

        new EvaluationSweep(store, published).run();

        assertThat(store.list("transient/")).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(store.list("experiments/")).hasSize(1);
    }
}
