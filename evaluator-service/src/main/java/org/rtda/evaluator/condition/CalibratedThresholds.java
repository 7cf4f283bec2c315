package org.rtda.evaluator.condition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.evaluator.figures.CalibratedThreshold;
import org.rtda.evaluator.figures.Probabilities;
import org.rtda.service.WorkProgress;
import org.rtda.store.DatasetReader;
import org.rtda.store.LabelledImages;

/**
 * Keeps the calibrated thresholds of the models that were evaluated most recently, so that a checkpoint's validation
 * images are evaluated once and not for each of its conditions. Safe for use by several threads; who asks for a
 * threshold that another thread is about to set waits for it.
 */
final class CalibratedThresholds {
    private static final int KEPT = 256;

    private final DatasetReader datasets;
    private final ModelCache models;
    private final WorkProgress progress;
    private final Map<Key, CalibratedThreshold> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String modelSha256, String manifestSha256, int healthyClass, double wantedSensitivity) {}

    CalibratedThresholds(DatasetReader datasets, ModelCache models, WorkProgress progress) {
        this.datasets = datasets;
        this.models = models;
        this.progress = progress;
    }

    /**
     * @param split of the images that are to be judged
     * @return null on validation images, which a threshold that was set on them would flatter, and where no class is healthy
     * @throws ConditionFailedException when the model does not run on the validation images
     * @throws org.rtda.store.ArtifactException when one of its objects is missing, altered or out of reach
     */
    synchronized CalibratedThreshold of(CheckpointSaved checkpoint, DatasetManifest manifest, String split) {
        Optional<HealthyClass> healthy = HealthyClass.of(manifest);
        if (split.equals(SplitNames.VALIDATION) || healthy.isEmpty()) {
            return null;
        }
        int healthyClass = healthy.get().label();
        DatasetManifest.Split validation = manifest.splits().get(SplitNames.VALIDATION);
        if (validation == null || validation.count() == 0) {
            return CalibratedThreshold.none("the data set has no validation images");
        }
        double wanted = checkpoint.spec().evaluation().wantedSensitivity();
        Key key = new Key(
                checkpoint.model().sha256(), checkpoint.dataset().manifest().sha256(), healthyClass, wanted);
        CalibratedThreshold set = known.get(key);
        if (set == null) {
            set = set(checkpoint, validation.count(), manifest.classes().size(), healthyClass, wanted);
            known.put(key, set);
            if (known.size() > KEPT) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return set;
    }

    private CalibratedThreshold set(
            CheckpointSaved checkpoint, int count, int classes, int healthyClass, double wantedSensitivity) {
        double[] disease = new double[count];
        int[] labels = new int[count];
        for (int from = 0; from < count; from += Batches.IMAGES) {
            int to = Math.min(count, from + Batches.IMAGES);
            LabelledImages images = datasets.read(
                    checkpoint.dataset(),
                    SplitNames.VALIDATION,
                    IntStream.range(from, to).toArray());
            float[][] logits = models.logits(checkpoint.model(), ImageBatch.of(images.images()));
            check(logits, from, to, classes);
            double[] ofBatch = Probabilities.ofAllBut(healthyClass, logits);
            System.arraycopy(ofBatch, 0, disease, from, to - from);
            System.arraycopy(images.labels(), 0, labels, from, to - from);
            progress.moved();
        }
        return CalibratedThreshold.of(disease, labels, healthyClass, wantedSensitivity);
    }

    private static void check(float[][] logits, int from, int to, int classes) {
        for (int i = 0; i < logits.length; i++) {
            if (logits.length != to - from || logits[i].length != classes) {
                throw EvaluatorFailure.MODEL_SHAPE.with(logits.length + " x " + logits[i].length, to - from, classes);
            }
            for (float logit : logits[i]) {
                if (!Float.isFinite(logit)) {
                    throw EvaluatorFailure.LOGITS_NOT_FINITE.with(logit, from + i, SplitNames.VALIDATION);
                }
            }
        }
    }
}
