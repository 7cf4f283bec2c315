package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.attack.AdversarialImages;
import org.rtda.evaluator.attack.ScriptedAttacker;
import org.rtda.evaluator.condition.ConditionOutcome;
import org.rtda.evaluator.condition.MeasureCondition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.service.WorkProgress;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/**
 * A full evaluation from plan to gates, of a model that is as weak as it looks and of one whose saturated softmax hides the
 * gradient of the cross-entropy. The attackers are played: what follows that gradient finds nothing on the second model.
 */
class GradientMaskingTest {
    private static final Set<String> FOLLOWS_CROSS_ENTROPY = Set.of("fgsm", "pgd-l2", "pgd-linf", "apgd-ce");
    private static final int IMAGES = 100;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader datasets = new DatasetReader(store, 1 << 20);
    private final RecordedEvents events = new RecordedEvents();

    /** To the middle grey it is 0.25 a pixel, 2 in L2 on 8 x 8: within 2.5 every image is turned, within 0.5 none. */
    private static ExperimentSpec spec() {
        return ExperimentSpec.builder()
                .dataset(EvaluatorFixtures.DATASET)
                .method("erm")
                .network("resnet8")
                .epochs(5)
                .batchSize(2)
                .seed(7L)
                .lambda(12.0)
                .lookahead(0)
                .shards(1)
                .attack(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(2.5)
                        .steps(7)
                        .build())
                .evaluation(EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(10)
                        .epsilons(List.of(0.5, 2.5))
                        .suite("full")
                        .build())
                .build();
    }

    private Map<String, Gate> gatesOf(boolean masked) throws Exception {
        DatasetRef dataset = EvaluatorFixtures.dataset(store, Map.of("train", 8, "val", 4, "test", IMAGES));
        CheckpointSaved checkpoint =
                EvaluatorFixtures.checkpoint("exp", 5, true, spec(), dataset, EvaluatorFixtures.model(store));
        store.put(ObjectKeys.checkpoint("exp", 5, 1, ObjectKeys.CHECKPOINT), EventCodec.write(checkpoint));
        Clock clock = Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC);
        ScriptedAttacker attacker = new ScriptedAttacker(datasets, new Payloads(store, 0));
        AdversarialImages attacks = (lane, request, shape) -> {
            boolean blind = request.attack().name().equals("random-noise")
                    || masked && FOLLOWS_CROSS_ENTROPY.contains(request.attack().name());
            attacker.fools.clear();
            if (blind) {
                attacker.fools.put(request.attack().name(), List.of());
            }
            attacker.zeroGradients = masked ? request.images().indices().length : 0;
            return attacker.ask(lane, request, shape);
        };
        MeasureCondition measurement = new MeasureCondition(
                datasets,
                new ModelCache(store, bytes -> new Saturated(masked ? 1e6f : 10), 1),
                store,
                attacks,
                "judge-1",
                new WorkProgress(System::nanoTime),
                clock);
        EvaluationPlan plan = EvaluationPlan.of(checkpoint, Optional.of(datasets.manifest(dataset)))
                .orElseThrow();
        List<RobustnessMetric> answers = new ArrayList<>();
        for (EvaluationTask task : plan.tasks(EvaluatorFixtures.NOW)) {
            ConditionOutcome judgement = measurement.measure(task);
            answers.add(RobustnessMetric.Measured.builder()
                    .id(EvaluationIds.result(task.evaluationId(), task.condition()))
                    .time(EvaluatorFixtures.NOW)
                    .experimentId("exp")
                    .evaluationId(task.evaluationId())
                    .epoch(5)
                    .last(true)
                    .condition(task.condition())
                    .values(judgement.figures())
                    .predictions(judgement.predictions())
                    .gallery(judgement.gallery())
                    .build());
        }
        new AnnounceCompletion(store, datasets, events, clock, new SimpleMeterRegistry())
                .announce(new EndedEvaluation(plan.planned(EvaluatorFixtures.NOW), answers));
        Map<String, Gate> gates = new LinkedHashMap<>();
        events.metrics.stream()
                .filter(Gate.class::isInstance)
                .map(Gate.class::cast)
                .forEach(g -> gates.put(g.gate(), g));
        return gates;
    }

    /** The mean model with its last layer multiplied. */
    private static final class Saturated extends EvaluatorFixtures.MeanModel {
        private final float factor;

        private Saturated(float factor) {
            this.factor = factor;
        }

        @Override
        public float[][] logits(ImageBatch images) {
            float[][] logits = super.logits(images);
            for (float[] row : logits) {
                row[1] *= factor;
            }
            return logits;
        }
    }

    private static List<String> failed(Map<String, Gate> gates) {
        return gates.values().stream()
                .filter(g -> g.outcome() == Outcome.FAILED)
                .map(Gate::gate)
                .toList();
    }

    /** The reference strength, 0.144, is not among the radii. */
    @Test
    void ofAModelThatIsAsWeakAsItLooksNoGateFails() throws Exception {
        Map<String, Gate> gates = gatesOf(false);

        assertThat(gates.keySet()).containsExactlyElementsOf(KnownNames.GATES);
        assertThat(gates.values())
                .filteredOn(g -> g.outcome() == Outcome.NOT_JUDGED)
                .extracting(Gate::gate)
                .containsExactly("undefended-model-falls");
        assertThat(failed(gates)).isEmpty();
        assertThat(events.metrics.get(events.metrics.size() - 1)).isInstanceOf(RobustnessMetric.Completed.class);
    }

    @Test
    void aSaturatedSoftmaxIsCaughtByItsGradientsAndTheUnboundedAttack() throws Exception {
        Map<String, Gate> gates = gatesOf(true);

        assertThat(failed(gates)).contains("gradients-are-there", "unbounded-attack-succeeds");
        assertThat(gates.get("gradients-are-there").finding()).isEqualTo("gradient-present 0.0000 of 100 images");
        assertThat(gates.get("unbounded-attack-succeeds").finding())
                .isEqualTo("accuracy of 100 images under pgd-l2-100@8 1.0000");
        assertThat(gates.get("unbounded-attack-succeeds").concerns())
                .contains("pgd-l2-10@2.5", "apgd-ce-l2-100@2.5", "aa-binary-l2@2.5");
    }
}
