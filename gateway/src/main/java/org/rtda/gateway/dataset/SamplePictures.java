package org.rtda.gateway.dataset;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.ByteImage;
import org.rtda.report.Png;
import org.rtda.store.DatasetReader;

/** Images of a data set on one sheet: a row for each class in the order of its labels, evenly spread over the split. */
public final class SamplePictures {
    /** Pictures of a class on a sheet. */
    public static final int MOST_OF_A_CLASS = 32;

    /** Of a sheet, over all channels; as floating-point numbers they take 64 MiB. */
    static final long MOST_SAMPLES = 16L << 20;

    private static final int GAP = 2;
    private static final float PAPER = 1;

    private final DatasetReader reader;

    public SamplePictures(DatasetReader reader) {
        this.reader = reader;
    }

    /**
     * @param view what is shown of each image
     * @param ofEachClass 1 to {@link #MOST_OF_A_CLASS}; fewer where a class has fewer
     * @return a PNG file
     * @throws org.rtda.contracts.check.InvalidFieldException when there is no such split, the number is not allowed, or the sheet
     *     would be larger than {@link #MOST_SAMPLES}
     * @throws org.rtda.store.ArtifactException when an object is missing, altered or out of reach
     */
    public byte[] png(DatasetRef dataset, String split, SampleView view, int ofEachClass) {
        Check.inRange("perClass", ofEachClass, 1, MOST_OF_A_CLASS);
        DatasetManifest manifest = reader.manifest(dataset);
        manifest.split(split);
        int rows = manifest.classes().size();
        requireFits(manifest.channels(), manifest.height(), manifest.width(), rows, ofEachClass);
        int[] labels = reader.labels(dataset, split);
        int height = Math.toIntExact(length(rows, manifest.height()));
        int width = Math.toIntExact(length(ofEachClass, manifest.width()));
        float[] sheet = new float[manifest.channels() * height * width];
        java.util.Arrays.fill(sheet, PAPER);
        for (int label = 0; label < rows; label++) {
            int[] chosen = chosen(labels, label, ofEachClass);
            for (int i = 0; i < chosen.length; i++) {
                // one at a time: what is read together holds all its blocks together, and each may be of another block
                ByteImage image = reader.read(dataset, split, new int[] {chosen[i]})
                        .images()
                        .get(0);
                draw(
                        image,
                        view.pixels(image, chosen[i]),
                        sheet,
                        height,
                        width,
                        label * (manifest.height() + GAP),
                        i * (manifest.width() + GAP));
            }
        }
        return Png.encode(sheet, manifest.channels(), height, width);
    }

    /**
     * Refuses a sheet that would take too much memory, with the number of pictures that fits.
     *
     * @param height of an image
     * @param width likewise
     * @param rows one for each class
     */
    static void requireFits(int channels, int height, int width, int rows, int ofEachClass) {
        long samplesOfAColumn = channels * length(rows, height);
        if (samplesOfAColumn * length(ofEachClass, width) <= MOST_SAMPLES) {
            return;
        }
        long fitting = (MOST_SAMPLES / samplesOfAColumn + GAP) / (width + GAP);
        String images = rows + " classes of images of " + channels + " x " + height + " x " + width;
        throw new InvalidFieldException(
                "perClass",
                ofEachClass,
                fitting == 0
                        ? "absent: there is no sheet of " + images + ", which is too large"
                        : "in [1, " + fitting + "] for " + images);
    }

    private static long length(int pictures, int side) {
        return pictures * (side + (long) GAP) - GAP;
    }

    static int[] chosen(int[] labels, int label, int most) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == label) {
                places.add(i);
            }
        }
        int count = Math.min(most, places.size());
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = places.get((int) ((long) i * places.size() / count));
        }
        return chosen;
    }

    /** @param pixels of the shape of the image, C x H x W */
    private static void draw(ByteImage image, float[] pixels, float[] sheet, int height, int width, int top, int left) {
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int row = 0; row < image.height(); row++) {
                System.arraycopy(
                        pixels,
                        (channel * image.height() + row) * image.width(),
                        sheet,
                        (channel * height + top + row) * width + left,
                        image.width());
            }
        }
    }
}
