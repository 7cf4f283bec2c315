package org.rtda.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.Datasets;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;

/** Noise, with a brighter square in the images of class 1: enough to train on for a few steps. */
public final class SmallDataset {
    public static final int SIDE = 28;

    private SmallDataset() {}

    /** @return the NPZ file, with the splits {@code train}, {@code val} and {@code test} */
    public static Path write(Path folder, int train, int val, int test) {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        splits.put("train", images(train, 1));
        splits.put("val", images(val, 2));
        splits.put("test", images(test, 3));
        Path file = folder.resolve("small.npz");
        try {
            NpzWriter.write(file, splits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Imports the file under the name {@code small}. */
    public static DatasetRef into(ArtifactStore store, Path npz) {
        new DatasetImporter(store)
                .importFrom("small", NpzDataset.of(npz), DatasetDescription.of("made for this test", "none needed"));
        return new Datasets(store).find("small").orElseThrow();
    }

    private static LabelledImages images(int count, long seed) {
        List<ByteImage> images = new ArrayList<>();
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            UniformRandomProvider random = new Seed(seed).forIndex(n).generator();
            labels[n] = n % 2;
            byte[] pixels = new byte[SIDE * SIDE];
            for (int i = 0; i < pixels.length; i++) {
                boolean inSquare = i / SIDE / 10 == 1 && i % SIDE / 10 == 1;
                pixels[i] = (byte) (40 + random.nextInt(100) + (labels[n] == 1 && inSquare ? 60 : 0));
            }
            images.add(new ByteImage(1, SIDE, SIDE, pixels));
        }
        return new LabelledImages(images, labels);
    }
}
