package org.rtda.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A random subset of labelled images in which every class has its share. The same labels give the same subset, whoever asks
 * and whatever it is for, so models that are judged on a subset are judged on the same images.
 *
 * <p>The images of a class are put in a random order. Place r of n then comes at r / n, and the subset is what comes first: every
 * class has an image before any has two, small classes are rounded up, and a larger subset holds the smaller ones. This is Adams's method of apportionment with the images of a class as its weight.
 */
public final class StratifiedDraw {
    /** Of no experiment: what is drawn must not change with one. */
    private static final Seed SEED = new Seed(0).forPurpose("stratified-draw");

    private StratifiedDraw() {}

    /**
     * @param labels of all images, each at least 0
     * @param count how many images to draw; 0, or as many as there are or more, for all
     * @return places in {@code labels}, rising
     * @throws IllegalArgumentException for a negative count or label
     */
    public static int[] of(int[] labels, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must be at least 0, was " + count);
        }
        if (count == 0 || count >= labels.length) {
            return IntStream.range(0, labels.length).toArray();
        }
        Place[] places = places(labels);
        Arrays.sort(places, Place.ORDER);
        return Arrays.stream(places)
                .limit(count)
                .mapToInt(Place::image)
                .sorted()
                .toArray();
    }

    private static Place[] places(int[] labels) {
        int classes = Arrays.stream(labels).max().orElse(0) + 1;
        int[] ofClass = new int[classes];
        for (int label : labels) {
            if (label < 0) {
                throw new IllegalArgumentException("labels must be at least 0, was " + label);
            }
            ofClass[label]++;
        }
        Place[] places = new Place[labels.length];
        int filled = 0;
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            int[] images = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted)
                    .toArray();
            shuffle(images, SEED.forIndex(label).generator());
            for (int rank = 0; rank < images.length; rank++) {
                places[filled++] = new Place(images[rank], label, rank, ofClass[label]);
            }
        }
        return places;
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] images, UniformRandomProvider random) {
        for (int i = images.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = images[i];
            images[i] = images[j];
            images[j] = held;
        }
    }

    /** An image's place in the random order of its class, which has {@code of} images. */
    private record Place(int image, int label, int rank, int of) {
        private static final Comparator<Place> ORDER = ((Comparator<Place>)
                        (a, b) -> Long.compare((long) a.rank * b.of, (long) b.rank * a.of))
                .thenComparingInt(Place::label);
    }
}
