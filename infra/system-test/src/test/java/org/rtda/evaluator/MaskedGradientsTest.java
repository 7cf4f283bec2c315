package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.attack.CraftAttack;
import org.rtda.attack.TargetNetworks;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.StratifiedDraw;
import org.rtda.core.Tensor;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.evaluator.attack.AdversarialImages;
import org.rtda.evaluator.condition.ConditionOutcome;
import org.rtda.evaluator.condition.MeasureCondition;
import org.rtda.evaluator.context.Classifier;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.evaluator.gates.EndedConditions;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.evaluator.gates.EvaluationGates;
import org.rtda.evaluator.lifecycle.EvaluationPlan;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.nn.onnx.OnnxExport;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.service.WorkProgress;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;

/**
 * A model that only looks robust: its last layer is multiplied until the softmax is exactly 0 and 1, so that the gradient of
 * the cross entropy is zero and PGD does not move. The attacks are the real ones, the judge is the evaluator's own; the same
 * model as it was trained is the control.
 */
class MaskedGradientsTest {
    private static final int IMAGES = 32;
    private static final int TRAINING_STEPS = 80;
    private static final double EPSILON = 5;
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final TorchEngine engine = TorchEngine.start("cpu");
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader datasets = new DatasetReader(store, 64 << 20);
    private final NetworkArchitecture architecture =
            NetworkArchitecture.named("resnet8", 1, SmallDataset.SIDE, SmallDataset.SIDE, 2);

    @Test
    void aSaturatedSoftmaxHidesTheModelFromPgdAndTheGatesSaySo(@TempDir Path folder) throws Exception {
        DatasetRef dataset = SmallDataset.into(store, SmallDataset.write(folder, IMAGES, IMAGES, IMAGES));
        Weights trained = trained(dataset);

        Map<String, RobustnessMetric> asTrained = judged(dataset, trained);
        Map<String, RobustnessMetric> saturated = judged(dataset, timesAMillion(trained));

        String unbounded = "pgd-l2-100@28";
        String margin = "apgd-margin-l2-100@5";
        assertThat(accuracy(asTrained, "clean")).isGreaterThan(0.9);
        assertThat(accuracy(asTrained, "clean")).isEqualTo(accuracy(saturated, "clean"));
        assertThat(accuracy(asTrained, unbounded)).isZero();
        assertThat(outcome(asTrained, "unbounded-attack-succeeds")).isEqualTo(Outcome.PASSED);
        assertThat(outcome(asTrained, "gradients-are-there")).isEqualTo(Outcome.PASSED);
        // beyond its random start PGD finds nothing; the margin has a gradient all the same
        assertThat(accuracy(saturated, unbounded)).isGreaterThan(0.25);
        assertThat(accuracy(saturated, margin)).isLessThan(accuracy(saturated, unbounded));
        assertThat(outcome(saturated, "unbounded-attack-succeeds")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(saturated, "gradients-are-there")).isEqualTo(Outcome.FAILED);
    }

    private Weights trained(DatasetRef dataset) {
        LabelledImages train =
                datasets.read(dataset, "train", StratifiedDraw.of(datasets.labels(dataset, "train"), IMAGES));
        Map<String, ImageBatch> views = Map.of("clean", ImageBatch.of(train.images()));
        TrainingState initial = TrainingState.initial(architecture, Initialization.weights(architecture, new Seed(7)));
        try (TrainableNetwork network = new TrainableNetwork(engine, architecture, initial)) {
            for (int step = 0; step < TRAINING_STEPS; step++) {
                network.step(
                        Methods.named("erm", new MethodSettings(0, 6)),
                        views,
                        train.labels(),
                        new SgdStep(0.05, 0.9, 5e-4, true));
            }
            return network.weights();
        }
    }

    private static Weights timesAMillion(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        for (String name : List.of("fc.weight", "fc.bias")) {
            float[] values = tensors.get(name).data().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 1e6f;
            }
            tensors.put(name, new Tensor(tensors.get(name).shape(), values));
        }
        return new Weights(tensors);
    }

    /** Answers by their condition's label, gates by their name. */
    private Map<String, RobustnessMetric> judged(DatasetRef dataset, Weights weights) throws Exception {
        CheckpointSaved checkpoint = checkpoint(dataset, weights);
        EvaluationPlan plan = new EvaluationPlan(
                checkpoint,
                EvaluationId.own(checkpoint.experimentId(), checkpoint.epoch()).text(),
                "full",
                0,
                List.of(
                        Condition.clean("test"),
                        Condition.attack(AttackSettings.of("apgd-margin", "l2", EPSILON), "test"),
                        Condition.attack(
                                AttackSettings.builder()
                                        .name("pgd-l2")
                                        .epsilon(28.0)
                                        .steps(100)
                                        .build(),
                                "test"),
                        Condition.probe("gradients", "test")));
        List<RobustnessMetric> answers = new ArrayList<>();
        try (TargetNetworks targets = new TargetNetworks(engine, store, 1);
                ModelCache models = new ModelCache(store, bytes -> classifier(OnnxClassifier.load(bytes, 1)), 1)) {
            CraftAttack attacks = new CraftAttack(datasets, new Payloads(store, 0), targets);
            MeasureCondition measurement = new MeasureCondition(
                    datasets,
                    models,
                    store,
                    (lane, request, shape) -> answered(attacks, request),
                    "judge",
                    new WorkProgress(System::nanoTime),
                    Clock.fixed(NOW, ZoneOffset.UTC));
            for (var task : plan.tasks(NOW)) {
                ConditionOutcome judgement = measurement.measure(task);
                answers.add(RobustnessMetric.Measured.builder()
                        .id(EvaluationIds.result(task.evaluationId(), task.condition()))
                        .time(NOW)
                        .experimentId(task.experimentId())
                        .evaluationId(task.evaluationId())
                        .epoch(1)
                        .last(true)
                        .condition(task.condition())
                        .values(judgement.figures())
                        .predictions(judgement.predictions())
                        .gallery(judgement.gallery())
                        .build());
            }
        }
        EndedConditions ended = new EndedConditions(
                new EndedEvaluation(plan.planned(NOW), answers),
                Optional.of(checkpoint),
                Optional.of(datasets.manifest(dataset)));
        Map<String, RobustnessMetric> said = answers.stream()
                .collect(Collectors.toMap(
                        a -> ((RobustnessMetric.Measured) a).condition().label(), a -> a));
        EvaluationGates.of(ended, NOW).forEach(gate -> said.put(gate.gate(), gate));
        return said;
    }

    private CheckpointSaved checkpoint(DatasetRef dataset, Weights weights) {
        ObjectRef file = store.put(
                "experiments/exp/checkpoints/epoch-00001/attempt-1/weights.safetensors",
                SafeTensors.encode(weights, Map.of()));
        ObjectRef model = store.put("experiments/exp/checkpoints/model.onnx", OnnxExport.write(architecture, weights));
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("small")
                .method("erm")
                .network("resnet8")
                .epochs(1)
                .batchSize(8)
                .seed(1L)
                .attack(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(EPSILON)
                        .steps(7)
                        .build())
                .build();
        return CheckpointSaved.builder()
                .id("id")
                .time(NOW)
                .experimentId("exp")
                .attempt(1)
                .epoch(1)
                .step(1)
                .last(true)
                .spec(spec)
                .dataset(dataset)
                .weights(file)
                .model(model)
                .trainingState(file)
                .build();
    }

    private static AdversarialImages.Asked answered(CraftAttack attacks, AttackRequest request) {
        Attack.Perturbed made = attacks.craft(request);
        return new AdversarialImages.Asked() {
            @Override
            public AdversarialImages.Answer await() {
                return new AdversarialImages.Answer(made.images(), made.zeroGradients());
            }

            @Override
            public void close() {}
        };
    }

    private static Classifier classifier(OnnxClassifier model) {
        return new Classifier() {
            @Override
            public float[][] logits(ImageBatch images) {
                return model.logits(images);
            }

            @Override
            public void close() {
                model.close();
            }
        };
    }

    private static double accuracy(Map<String, RobustnessMetric> said, String label) {
        return ((RobustnessMetric.Measured) said.get(label))
                .values().stream()
                        .filter(figure -> figure.metric().equals("accuracy"))
                        .findFirst()
                        .orElseThrow()
                        .value();
    }

    private static Outcome outcome(Map<String, RobustnessMetric> said, String gate) {
        return ((RobustnessMetric.Gate) said.get(gate)).outcome();
    }
}
