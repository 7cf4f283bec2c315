package org.rtda.evaluator.context;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.core.ImageBatch;
import org.rtda.store.ArtifactStore;

/**
 * A data set of 8 x 8 grey images of two classes, dark (64, label 0) and bright (192, label 1), turn by turn from dark, and a
 * checkpoint of a model for them.
 */
public final class EvaluatorFixtures {
    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    public static final String DATASET = "dark-bright";
    public static final int SIDE = 8;
    /** How many corruptions the tables of MedMNIST-C have for chest X-rays and for ultrasound. */
    public static final int CHEST_XRAY_CORRUPTIONS = 13;

    public static final int ULTRASOUND_CORRUPTIONS = 7;
    static final byte DARK = 64;
    static final byte BRIGHT = (byte) 192;

    private EvaluatorFixtures() {}

    /** Stores a data set with splits of these sizes. */
    public static DatasetRef dataset(ArtifactStore store, Map<String, Integer> splits) {
        Map<String, DatasetManifest.Split> written = new LinkedHashMap<>();
        splits.forEach((name, count) -> written.put(name, split(store, count)));
        DatasetManifest manifest = manifest(written);
        ObjectRef ref = store.put(ObjectKeys.manifest(DATASET), EventCodec.write(manifest));
        return new DatasetRef(DATASET, ref);
    }

    public static DatasetManifest manifest(Map<String, DatasetManifest.Split> splits) {
        return DatasetManifest.builder()
                .name(DATASET)
                .channels(1)
                .height(SIDE)
                .width(SIDE)
                .classes(List.of("dark", "bright"))
                .splits(splits)
                .sourceSha256(Map.of())
                .provenance("made by hand")
                .licence("CC0")
                .importedAt(NOW)
                .build();
    }

    /** A manifest that names splits and holds no images. */
    public static DatasetManifest manifest(String... splits) {
        Map<String, DatasetManifest.Split> empty = new LinkedHashMap<>();
        Arrays.stream(splits)
                .forEach(split -> empty.put(split, new DatasetManifest.Split(10, List.of(5, 5), List.of())));
        return manifest(empty);
    }

    /** Of one split {@code test} in which all of class 0 come first. */
    public static DatasetRef sortedDataset(ArtifactStore store, int dark, int bright) {
        DatasetManifest manifest = manifest(Map.of("test", split(store, dark + bright, image -> image < dark ? 0 : 1)));
        return new DatasetRef(DATASET, store.put(ObjectKeys.manifest(DATASET), EventCodec.write(manifest)));
    }

    private static DatasetManifest.Split split(ArtifactStore store, int count) {
        return split(store, count, image -> image % 2);
    }

    private static DatasetManifest.Split split(ArtifactStore store, int count, IntUnaryOperator labelOf) {
        byte[] block = new byte[count * (SIDE * SIDE + 1)];
        int bright = 0;
        for (int i = 0; i < count; i++) {
            int label = labelOf.applyAsInt(i);
            Arrays.fill(block, i * SIDE * SIDE, (i + 1) * SIDE * SIDE, label == 0 ? DARK : BRIGHT);
            block[count * SIDE * SIDE + i] = (byte) label;
            bright += label;
        }
        if (count == 0) {
            return new DatasetManifest.Split(0, List.of(0, 0), List.of());
        }
        ObjectRef object = store.put(ObjectKeys.block(DATASET, "block-of-" + count), block);
        return new DatasetManifest.Split(
                count, List.of(count - bright, bright), List.of(new DatasetManifest.Block(object, count)));
    }

    public static ExperimentSpec spec(AttackSettings attack, EvaluationSettings evaluation) {
        return ExperimentSpec.builder()
                .dataset(DATASET)
                .method("rtda")
                .network("resnet8")
                .epochs(5)
                .batchSize(2)
                .seed(7L)
                .lambda(12.0)
                .lookahead(0)
                .shards(1)
                .attack(attack)
                .evaluation(evaluation)
                .build();
    }

    public static ExperimentSpec spec() {
        return spec(
                AttackSettings.builder().name("pgd-l2").epsilon(0.5).steps(7).build(),
                EvaluationSettings.builder()
                        .everyEpochs(1)
                        .quickImages(64)
                        .testImages(0)
                        .attackSteps(10)
                        .epsilons(List.of(0.25, 1.0))
                        .build());
    }

    public static CheckpointSaved checkpoint(
            String experiment, int epoch, boolean last, ExperimentSpec spec, DatasetRef dataset, ObjectRef model) {
        return CheckpointSaved.builder()
                .id(experiment + "/epoch-" + epoch)
                .time(NOW)
                .experimentId(experiment)
                .attempt(1)
                .epoch(epoch)
                .step(epoch * 10L)
                .last(last)
                .spec(spec)
                .dataset(dataset)
                .weights(weights(experiment))
                .model(model)
                .trainingState(ref(ObjectKeys.checkpoint(experiment, 1, 1, ObjectKeys.TRAINING_STATE)))
                .build();
    }

    public static CheckpointSaved checkpoint(int epoch, boolean last, ExperimentSpec spec) {
        return checkpoint(
                "exp", epoch, last, spec, new DatasetRef(DATASET, ref(ObjectKeys.manifest(DATASET))), model("exp"));
    }

    /** Of a checkpoint of an experiment; nobody reads them. */
    public static ObjectRef weights(String experiment) {
        return ref(ObjectKeys.checkpoint(experiment, 1, 1, ObjectKeys.WEIGHTS));
    }

    /** Likewise. */
    public static ObjectRef model(String experiment) {
        return ref(ObjectKeys.checkpoint(experiment, 1, 1, ObjectKeys.MODEL));
    }

    public static ObjectRef ref(String key) {
        return new ObjectRef(key, "00", 1);
    }

    /** Bytes that {@link MeanModel#load} takes for a model, of experiment {@code exp}. */
    public static ObjectRef model(ArtifactStore store) {
        return store.put(ObjectKeys.checkpoint("exp", 1, 1, ObjectKeys.MODEL), MeanModel.BYTES);
    }

    public static EvaluationTask task(CheckpointSaved checkpoint, Condition condition, int images) {
        String evaluation =
                EvaluationId.own(checkpoint.experimentId(), checkpoint.epoch()).text();
        return new EvaluationTask(
                EvaluationIds.task(evaluation, condition),
                NOW,
                1,
                checkpoint.experimentId(),
                evaluation,
                checkpoint,
                condition,
                images);
    }

    public static RobustnessMetric.Failed failed(String evaluation, Condition condition) {
        return RobustnessMetric.Failed.builder()
                .id(EvaluationIds.result(evaluation, condition))
                .time(NOW)
                .experimentId("exp")
                .evaluationId(evaluation)
                .epoch(2)
                .last(false)
                .condition(condition)
                .reason("gone")
                .build();
    }

    public static ExperimentCommand.Cancel cancel(String experiment, String... evaluations) {
        return new ExperimentCommand.Cancel(experiment + "/cancel", NOW, 1, experiment, List.of(evaluations));
    }

    /** Says bright, class 1, when the mean pixel is above one half, else dark: right on every clean image. */
    public static class MeanModel implements Classifier {
        static final byte[] BYTES = "mean model".getBytes(StandardCharsets.UTF_8);
        public final List<Integer> batches = new ArrayList<>();
        boolean closed;
        private final int classes;

        public MeanModel() {
            this(2);
        }

        /** With classes beyond the first two, which it never names. */
        public MeanModel(int classes) {
            this.classes = classes;
        }

        public static Classifier load(byte[] bytes) {
            if (!Arrays.equals(bytes, BYTES)) {
                throw new IllegalArgumentException("not a mean model");
            }
            return new MeanModel();
        }

        @Override
        public float[][] logits(ImageBatch images) {
            batches.add(images.count());
            float[][] logits = new float[images.count()][classes];
            for (int n = 0; n < images.count(); n++) {
                double sum = 0;
                for (int i = 0; i < images.imageSize(); i++) {
                    sum += images.pixels()[n * images.imageSize() + i];
                }
                logits[n][1] = (float) (sum / images.imageSize() - 0.5);
                Arrays.fill(logits[n], 2, classes, -1);
            }
            return logits;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Gives every image the same logits. */
    public static final class ConstantModel implements Classifier {
        private final float[] logits;
        private final Consumer<ImageBatch> onBatch;

        public ConstantModel(float... logits) {
            this.logits = logits;
            this.onBatch = images -> {};
        }

        public ConstantModel(Consumer<ImageBatch> onBatch) {
            this.logits = new float[] {0, 1};
            this.onBatch = onBatch;
        }

        @Override
        public float[][] logits(ImageBatch images) {
            onBatch.accept(images);
            float[][] answers = new float[images.count()][];
            Arrays.fill(answers, logits);
            return answers;
        }

        @Override
        public void close() {}
    }
}
