package org.rtda.gateway.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ByteImage;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.phantom.Modality;
import org.rtda.core.phantom.PhantomSet;
import org.rtda.core.phantom.Phantoms;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.Datasets;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;

/** What the pages show in tests: a set of generated mammograms, and pictures of it for a gallery. */
final class PageData {
    static final String DATASET = "phantom-mammogram";
    /** Pages show it in the reader's time zone. */
    static final Instant TIME = Instant.parse("2026-11-02T10:00:00Z");

    private static final int SIDE = 28;

    private final ArtifactStore store;
    private final PhantomSet phantoms = Phantoms.generate(Modality.MAMMOGRAM, SIDE, 96, 32, 48, 32, new Seed(1));

    PageData(ArtifactStore store) {
        this.store = store;
    }

    /** Writes the NPZ file as a person would import it. */
    Path npz(Path file) throws IOException {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        phantoms.splits().forEach((name, split) -> {
            if (!name.equals(Phantoms.SHIFT)) {
                splits.put(name, new LabelledImages(split.images(), split.labels()));
            }
        });
        NpzWriter.write(file, splits);
        return file;
    }

    DatasetRef importDataset(Path folder) throws IOException {
        PhantomSet.Split shifted = phantoms.split(Phantoms.SHIFT);
        Path shift = folder.resolve("shift.npz");
        NpzWriter.write(shift, Map.of("test", new LabelledImages(shifted.images(), shifted.labels())));
        DatasetManifest manifest = new DatasetImporter(store)
                .importFrom(
                        DATASET,
                        NpzDataset.of(npz(folder.resolve("phantoms.npz")), Map.of("other-scanner", shift)),
                        DatasetDescription.of(phantoms.provenance(), "CC0")
                                .withClasses(phantoms.classNames())
                                .withModality("mammogram")
                                .withHealthyClass("0"));
        return new Datasets(store).find(manifest.name()).orElseThrow();
    }

    /** Four test images, each beside itself with stripes, as if an attack had drawn them. */
    ObjectRef gallery(String experiment, String evaluation, Condition condition) {
        Payloads payloads = new Payloads(store, Payloads.DEFAULT_INLINE_LIMIT_BYTES);
        List<Gallery.Picture> pictures = new ArrayList<>();
        PhantomSet.Split test = phantoms.split("test");
        for (int i = 0; i < 4; i++) {
            float[] clean = floats(test.images().get(i));
            float[] perturbed = clean.clone();
            for (int pixel = 0; pixel < clean.length; pixel++) {
                perturbed[pixel] =
                        Math.max(0, Math.min(1, clean[pixel] + ((pixel / SIDE + pixel) % 5 == 0 ? 0.1f : -0.03f)));
            }
            int label = test.labels()[i];
            pictures.add(new Gallery.Picture(
                    i, label, label, 1 - label, payload(payloads, clean), payload(payloads, perturbed)));
        }
        Gallery gallery = new Gallery(1, experiment, evaluation, condition, phantoms.classNames(), pictures);
        return store.put(ObjectKeys.gallery(evaluation, condition), EventCodec.write(gallery));
    }

    /**
     * Of 320 images, of which every model finds the same ones hard: the last 64, of which it is less sure. The first ones are right.
     *
     * @param accuracy share of the images that are right
     */
    ObjectRef predictions(String experiment, String evaluation, Condition condition, double accuracy) {
        int images = 320;
        int sure = 256;
        long right = Math.round(accuracy * images);
        List<Integer> labels = new ArrayList<>();
        List<Integer> predicted = new ArrayList<>();
        List<List<Double>> probabilities = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            labels.add(i % 2);
            predicted.add(i < right ? i % 2 : 1 - i % 2);
            double confidence = i < sure ? 0.95 : 0.6;
            probabilities.add(
                    predicted.get(i) == 0 ? List.of(confidence, 1 - confidence) : List.of(1 - confidence, confidence));
        }
        Predictions kept = new Predictions(
                1, experiment, evaluation, condition, phantoms.classNames(), labels, predicted, probabilities, null);
        return store.put(ObjectKeys.predictions(evaluation, condition), EventCodec.write(kept));
    }

    private static Payload payload(Payloads payloads, float[] pixels) {
        return payloads.write("gallery", new ImageBatch(1, 1, SIDE, SIDE, pixels));
    }

    private static float[] floats(ByteImage image) {
        float[] pixels = new float[image.data().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (image.data()[i] & 0xff) / 255f;
        }
        return pixels;
    }
}
