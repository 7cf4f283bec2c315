package org.rtda.evaluator;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Condition;
import org.rtda.contracts.DatasetManifest;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.Event;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.ObjectRef;
import org.rtda.contracts.PreAugmentation;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.corruption.Corruption;
import org.rtda.core.corruption.CorruptionTable;
import org.rtda.core.corruption.Corruptions;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.LabelledImages;

/**
 * Judges one checkpoint's ONNX model under one condition. Holds a few batches of images at a time, never a split. Safe for
 * use by several threads.
 */
final class MeasureCondition {
    /** Images a batch. Part of what an attack's random start depends on, so a constant. */
    static final int BATCH_IMAGES = 64;

    /** Attack requests of one task under way, so that several workers share it. */
    static final int REQUESTS_AHEAD = 8;

    private static final String SEED_PURPOSE = "evaluation";

    private final DatasetReader datasets;
    private final ModelCache models;
    private final ArtifactStore store;
    private final AdversarialImages attacks;
    private final String instance;
    private final Progress progress;
    private final Clock clock;
    private final CalibratedThresholds thresholds;

    /**
     * @param store keeps the predictions
     * @param instance where answers to attack requests come back
     */
    MeasureCondition(
            DatasetReader datasets,
            ModelCache models,
            ArtifactStore store,
            AdversarialImages attacks,
            String instance,
            Progress progress,
            Clock clock) {
        this.datasets = datasets;
        this.models = models;
        this.store = store;
        this.attacks = attacks;
        this.instance = instance;
        this.progress = progress;
        this.clock = clock;
        this.thresholds = new CalibratedThresholds(datasets, models, progress);
    }

    /**
     * @return every figure of the condition; of a final checkpoint the predictions too, kept in the store
     * @throws ConditionFailedException when the condition cannot be measured
     * @throws org.rtda.store.ArtifactException when an object is missing, altered or out of reach
     * @throws org.rtda.contracts.InvalidFieldException when the data set has no such split
     */
    Judgement measure(EvaluationTask task) throws InterruptedException {
        CheckpointSaved checkpoint = task.checkpoint();
        DatasetManifest manifest = datasets.manifest(checkpoint.dataset());
        String split = task.condition().split();
        int available = manifest.split(split).count();
        int count = task.images() == 0 ? available : Math.min(task.images(), available);
        if (count == 0) {
            throw EvaluatorFailure.NO_IMAGES.with(split);
        }
        Judged judged = new Judged(task, count, manifest.classes().size());
        Seed seed = new Seed(checkpoint.spec().seed()).forPurpose(SEED_PURPOSE);
        switch (task.condition().kind()) {
            case CLEAN, SHIFT -> judgeAsTheyAre(judged);
            case CORRUPTION -> judgeCorrupted(judged, tableFor(checkpoint, manifest), seed);
            case ATTACK -> judgeAttacked(judged, seed);
        }
        List<Figure> figures = Figures.of(
                judged.logits,
                judged.labels,
                manifest.classes(),
                manifest.healthyClass(),
                thresholds.of(checkpoint, manifest, split),
                seed.forPurpose("bootstrap"));
        // of a final checkpoint alone: who compares two models compares what came of them
        return new Judgement(figures, checkpoint.last() ? keep(judged, manifest.classes()) : null);
    }

    /** Under a key that the work alone decides, so that a task that is done twice writes the same object twice. */
    private ObjectRef keep(Judged judged, List<String> classes) {
        EvaluationTask task = judged.task;
        Predictions predictions = KeptPredictions.of(
                task.experimentId(), task.evaluationId(), task.condition(), classes, judged.logits, judged.labels);
        String key =
                ObjectKeys.predictions(task.experimentId(), task.checkpoint().epoch(), task.condition());
        return store.put(key, EventCodec.write(predictions));
    }

    /**
     * Which column of MedMNIST-C's table: the ultrasound one when the data set's name or provenance speaks of ultrasound,
     * or its name of breastmnist (which is ultrasound); else the chest X-ray one, also for mammograms, which MedMNIST-C
     * does not have.
     */
    static CorruptionTable tableFor(CheckpointSaved checkpoint, DatasetManifest manifest) {
        String described = (checkpoint.dataset().name() + " " + manifest.name() + " " + manifest.provenance())
                .toLowerCase(Locale.ROOT);
        boolean ultrasound = described.contains("ultrasound")
                || checkpoint.dataset().name().contains("breastmnist")
                || manifest.name().contains("breastmnist");
        return ultrasound ? CorruptionTable.ULTRASOUND : CorruptionTable.CHEST_XRAY;
    }

    private void judgeAsTheyAre(Judged judged) {
        for (int[] indices : judged.batches()) {
            judged.add(indices, judged.clean(indices));
        }
    }

    /** The draw depends on the corruption and the image, not on the severity: severities differ in strength alone. */
    private void judgeCorrupted(Judged judged, CorruptionTable table, Seed seed) {
        Condition condition = judged.task.condition();
        Corruption corruption = Corruptions.named(condition.corruption(), table);
        Seed draw = seed.forPurpose(condition.corruption());
        for (int[] indices : judged.batches()) {
            List<Seed> seeds = IntStream.of(indices).mapToObj(draw::forIndex).toList();
            judged.add(indices, corruption.apply(judged.clean(indices), condition.severity(), seeds));
        }
    }

    private void judgeAttacked(Judged judged, Seed seed) throws InterruptedException {
        List<int[]> batches = judged.batches();
        Deque<UnderWay> underWay = new ArrayDeque<>();
        try {
            int asked = 0;
            for (int batch = 0; batch < batches.size(); batch++) {
                while (asked < Math.min(batches.size(), batch + REQUESTS_AHEAD)) {
                    AttackRequest request = request(judged.task, asked, batches.get(asked), seed);
                    underWay.add(new UnderWay(request, attacks.ask(request)));
                    asked++;
                }
                UnderWay next = underWay.remove();
                try (AdversarialImages.Asked answer = next.answer()) {
                    int[] indices = next.request().images().indices();
                    ImageBatch images = PerturbationCheck.accept(
                            next.request().id(), next.request().attack(), judged.clean(indices), answer.await());
                    judged.add(indices, images);
                }
            }
        } finally {
            underWay.forEach(left -> left.answer().close());
        }
    }

    private record UnderWay(AttackRequest request, AdversarialImages.Asked answer) {}

    private AttackRequest request(EvaluationTask task, int batch, int[] indices, Seed seed) {
        CheckpointSaved checkpoint = task.checkpoint();
        Condition condition = task.condition();
        String view = EvaluationIds.epoch(checkpoint.epoch()) + "-" + condition.label();
        return new AttackRequest(
                BatchRequest.idOf(task.experimentId(), checkpoint.attempt(), batch, view, 0),
                clock.instant(),
                Event.SCHEMA_VERSION,
                task.experimentId(),
                instance,
                checkpoint.attempt(),
                batch,
                view,
                0,
                new ImageSource(
                        checkpoint.dataset(), condition.split(), indices, PreAugmentation.NONE, seed.value(), batch),
                null,
                checkpoint.spec().network(),
                checkpoint.weights(),
                condition.attack(),
                seed.value(),
                null,
                null);
    }

    /** What the model said so far. */
    private final class Judged {
        private final EvaluationTask task;
        private final int classes;
        private final float[][] logits;
        private final int[] labels;

        private Judged(EvaluationTask task, int count, int classes) {
            this.task = task;
            this.classes = classes;
            this.logits = new float[count][];
            this.labels = new int[count];
        }

        private List<int[]> batches() {
            List<int[]> batches = new ArrayList<>();
            for (int from = 0; from < labels.length; from += BATCH_IMAGES) {
                batches.add(IntStream.range(from, Math.min(labels.length, from + BATCH_IMAGES))
                        .toArray());
            }
            return batches;
        }

        private ImageBatch clean(int[] indices) {
            LabelledImages images =
                    datasets.read(task.checkpoint().dataset(), task.condition().split(), indices);
            for (int i = 0; i < indices.length; i++) {
                int label = images.labels()[i];
                if (label >= classes) {
                    throw EvaluatorFailure.LABEL_OUTSIDE_CLASSES.with(
                            indices[i], task.condition().split(), label, classes);
                }
                labels[indices[i]] = label;
            }
            return ImageBatch.of(images.images());
        }

        private void add(int[] indices, ImageBatch images) {
            float[][] answers = models.logits(task.checkpoint().model(), images);
            if (answers.length != indices.length || Arrays.stream(answers).anyMatch(row -> row.length != classes)) {
                throw EvaluatorFailure.MODEL_SHAPE.with(
                        answers.length + " x " + (answers.length == 0 ? 0 : answers[0].length),
                        indices.length,
                        classes);
            }
            for (int i = 0; i < indices.length; i++) {
                for (float logit : answers[i]) {
                    if (!Float.isFinite(logit)) {
                        throw EvaluatorFailure.LOGITS_NOT_FINITE.with(
                                logit, indices[i], task.condition().split());
                    }
                }
                logits[indices[i]] = answers[i];
            }
            progress.moved();
        }
    }
}
