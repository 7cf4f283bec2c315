package org.rtda.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.ByteImage;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;

/** A data set of 8 training, 4 validation and 4 test images of 8 x 8 pixels in two classes. */
public final class TestImages {
    private TestImages() {}

    /** @param grey of every pixel of class 0; class 1 is 100 brighter */
    public static Path npz(Path file, int grey) throws IOException {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        splits.put("train", images(8, grey));
        splits.put("val", images(4, grey));
        splits.put("test", images(4, grey));
        NpzWriter.write(file, splits);
        return file;
    }

    private static LabelledImages images(int count, int grey) {
        List<ByteImage> images = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            byte[] pixels = new byte[64];
            Arrays.fill(pixels, (byte) (grey + 100 * labels[i] + i));
            images.add(new ByteImage(1, 8, 8, pixels));
        }
        return new LabelledImages(images, labels);
    }

    public static void importInto(ArtifactStore store, String name, Path folder) throws IOException {
        importInto(store, name, folder, 0);
    }

    public static void importInto(ArtifactStore store, String name, Path folder, int grey) throws IOException {
        new DatasetImporter(store)
                .importFrom(
                        name,
                        NpzDataset.of(npz(folder.resolve(name + grey + ".npz"), grey)),
                        DatasetDescription.of("made for tests", "CC0"));
    }
}
