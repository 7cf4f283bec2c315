package org.rtda.evaluator.context;

import java.util.Arrays;
import java.util.function.Consumer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.StratifiedDraw;
import org.rtda.service.WorkProgress;
import org.rtda.store.DatasetReader;
import org.rtda.store.LabelledImages;

/** A task that is being measured: its images, and the model that is evaluated on them. For one thread. */
public final class EvaluationContext {
    private static final String SEED_PURPOSE = "evaluation";

    private final EvaluationTask task;
    private final DatasetReader datasets;
    private final ModelCache models;
    private final WorkProgress progress;
    private final Consumer<EvaluationTask> betweenBatches;
    private final DatasetManifest manifest;
    private final int[] labels;
    private final int[] indices;

    /**
     * @param betweenBatches is told the task after each batch that the model judged; it may wait, and throws where nobody wants the task any more
     * @throws ConditionFailedException when the split is empty
     * @throws org.rtda.contracts.check.InvalidFieldException when there is no such split
     * @throws org.rtda.store.ArtifactException when the manifest is missing, altered or out of reach
     */
    public EvaluationContext(
            EvaluationTask task,
            DatasetReader datasets,
            ModelCache models,
            WorkProgress progress,
            Consumer<EvaluationTask> betweenBatches) {
        this.task = task;
        this.datasets = datasets;
        this.models = models;
        this.progress = progress;
        this.betweenBatches = betweenBatches;
        this.manifest = datasets.manifest(task.checkpoint().dataset());
        if (manifest.split(split()).count() == 0) {
            throw EvaluatorFailure.NO_IMAGES.with(split());
        }
        this.labels = datasets.labels(task.checkpoint().dataset(), split());
        this.indices = StratifiedDraw.of(labels, task.images());
    }

    public EvaluationTask task() {
        return task;
    }

    public CheckpointSaved checkpoint() {
        return task.checkpoint();
    }

    public Condition condition() {
        return task.condition();
    }

    public DatasetManifest manifest() {
        return manifest;
    }

    /** Of everything that is drawn. */
    public Seed seed() {
        return new Seed(checkpoint().spec().seed()).forPurpose(SEED_PURPOSE);
    }

    /** Of the images that the task is about, rising, at least one: drawn by class where they are not the whole split. */
    public int[] indices() {
        return indices.clone();
    }

    /** At most so many of {@link #indices}, drawn by class. */
    public int[] sample(int most) {
        return StratifiedDraw.of(labels, Math.min(most, indices.length));
    }

    /** Null where the task is about all images of the split. */
    public Subset subset() {
        return indices.length == labels.length ? null : new Subset(indices.length, labels.length);
    }

    /** Those of {@link #indices} whose class is, or is not, the given one. */
    public int[] indicesOfClass(int label, boolean wanted) {
        return Arrays.stream(indices).filter(i -> labels[i] == label == wanted).toArray();
    }

    public CleanBatch clean(int[] indices) {
        LabelledImages images = datasets.read(checkpoint().dataset(), split(), indices);
        int classes = manifest.classes().size();
        for (int i = 0; i < indices.length; i++) {
            if (images.labels()[i] >= classes) {
                throw EvaluatorFailure.LABEL_OUTSIDE_CLASSES.with(indices[i], split(), images.labels()[i], classes);
            }
        }
        return new CleanBatch(indices, ImageBatch.of(images.images()), images.labels());
    }

    /**
     * What the judged model says.
     *
     * @param indices what the images are of, for the reasons
     * @return N x classes, finite
     */
    public float[][] logits(int[] indices, ImageBatch images) {
        float[][] logits = models.logits(checkpoint().model(), images);
        int classes = manifest.classes().size();
        if (logits.length != indices.length || Arrays.stream(logits).anyMatch(row -> row.length != classes)) {
            throw EvaluatorFailure.MODEL_SHAPE.with(
                    logits.length + " x " + (logits.length == 0 ? 0 : logits[0].length), indices.length, classes);
        }
        for (int i = 0; i < indices.length; i++) {
            for (float logit : logits[i]) {
                if (!Float.isFinite(logit)) {
                    throw EvaluatorFailure.LOGITS_NOT_FINITE.with(logit, indices[i], split());
                }
            }
        }
        progress.moved();
        betweenBatches.accept(task);
        return logits;
    }

    private String split() {
        return task.condition().split();
    }
}
