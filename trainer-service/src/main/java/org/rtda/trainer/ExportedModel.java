package org.rtda.trainer;

import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.core.ImageBatch;
import org.rtda.core.StratifiedDraw;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.onnx.ModelMetadata;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.nn.onnx.OnnxExport;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.DatasetReader;

/** The network as users deploy it, checked on real images against the one that was trained. */
final class ExportedModel {
    /** Largest difference of a logit between the two runtimes, as a share of the largest logit (at least of 1). */
    private static final double TOLERANCE = 1e-4;

    private static final int CHECKED_IMAGES = 16;

    private final TorchEngine engine;
    private final DatasetReader datasets;

    ExportedModel(TorchEngine engine, DatasetReader datasets) {
        this.engine = engine;
        this.datasets = datasets;
        // the first checkpoint may be due while this process is told to end
        OnnxClassifier.loadRuntime();
    }

    /**
     * @return ONNX bytes
     * @throws TrainingFailedException when the exported model does not answer as the trained one
     * @throws NonFiniteException when the trained one answers NaN or infinity
     */
    byte[] of(NetworkArchitecture architecture, Weights weights, DatasetRef dataset) {
        byte[] model = OnnxExport.write(
                architecture,
                weights,
                ModelMetadata.of(architecture, datasets.manifest(dataset).classes()));
        int[] drawn = StratifiedDraw.of(datasets.labels(dataset, SplitNames.TRAIN), CHECKED_IMAGES);
        ImageBatch checked =
                ImageBatch.of(datasets.read(dataset, SplitNames.TRAIN, drawn).images());
        float[][] expected;
        try (FrozenNetwork trained = new FrozenNetwork(engine, architecture, weights)) {
            expected = trained.logits(checked);
        }
        requireFinite(expected);
        float[][] found;
        try (OnnxClassifier exported = OnnxClassifier.load(model, 1)) {
            found = exported.logits(checked);
        }
        double difference = 0;
        double largest = 1;
        for (int n = 0; n < drawn.length; n++) {
            for (int c = 0; c < expected[n].length; c++) {
                difference = Math.max(difference, Math.abs(expected[n][c] - found[n][c]));
                largest = Math.max(largest, Math.abs(expected[n][c]));
            }
        }
        // negated, so that NaN fails too
        if (!(difference <= TOLERANCE * largest)) {
            throw new TrainingFailedException("the exported ONNX model differs from the trained network by "
                    + difference + " in a logit (largest logit " + largest + "), allowed is a share of " + TOLERANCE);
        }
        return model;
    }

    private static void requireFinite(float[][] logits) {
        for (float[] row : logits) {
            for (float logit : row) {
                if (!Float.isFinite(logit)) {
                    throw new NonFiniteException("a logit of the trained network became " + logit);
                }
            }
        }
    }
}
