package org.rtda.core.phantom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;

/**
 * Makes data sets of phantoms. Image i of a split depends on the seed, the modality, the split, i and the side alone, bit
 * for bit the same on every machine; half of a split's images (rounded down) are of class 1, in random order.
 */
public final class Phantoms {
    /** The split made with other scanner settings. */
    public static final String SHIFT = "shift-other-scanner";

    private static final int SMALLEST_SIDE = 16;
    private static final int LARGEST_SIDE = 512;
    private static final int SMALLEST_GRID = 128;
    private static final int GRID_PER_PIXEL = 2;
    private static final int MOST_IMAGES = 100_000;
    private static final int CLASSES = 2;

    private Phantoms() {}

    /**
     * @param side of the square images in pixels, 16 to 512; 28, 64 and 128 are usual
     * @param train images in this split, at least 2; those of the other splits may be 0
     */
    public static PhantomSet generate(Modality modality, int side, int train, int val, int test, int shift, Seed seed) {
        check("side", side, SMALLEST_SIDE, LARGEST_SIDE);
        check("train", train, CLASSES, MOST_IMAGES);
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("train", train);
        counts.put("val", val);
        counts.put("test", test);
        counts.put(SHIFT, shift);
        Map<String, PhantomSet.Split> splits = new LinkedHashMap<>();
        counts.forEach((split, count) -> {
            if (check(split, count, 0, MOST_IMAGES) > 0) {
                splits.put(split, split(modality, side, count, split, seed));
            }
        });
        PhantomModel model = modality.model();
        return new PhantomSet(modality, model.classNames(), splits, model.provenance());
    }

    private static PhantomSet.Split split(Modality modality, int side, int count, String split, Seed seed) {
        Seed own = seed.forPurpose("phantom").forPurpose(modality.label()).forPurpose(split);
        int[] labels = labels(count, own.forPurpose("labels"));
        int grid = Math.max(SMALLEST_GRID, Integer.highestOneBit(GRID_PER_PIXEL * side - 1) * 2);
        List<ByteImage> images = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    Draw draw = new Draw(own.forIndex(i));
                    return modality.model()
                            .render(labels[i], split.equals(SHIFT), grid, draw)
                            .shrunk(side)
                            .asImage();
                })
                .toList();
        return new PhantomSet.Split(images, labels);
    }

    private static int[] labels(int count, Seed seed) {
        int[] labels = IntStream.range(0, count).map(i -> i % CLASSES).toArray();
        Draw draw = new Draw(seed);
        for (int i = count - 1; i > 0; i--) {
            int j = draw.below(i + 1);
            int swapped = labels[i];
            labels[i] = labels[j];
            labels[j] = swapped;
        }
        return labels;
    }

    private static int check(String what, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(what + " must be in [" + lowest + ", " + highest + "], was " + value);
        }
        return value;
    }
}
