package org.rtda.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A random subset of labelled images in which every class has its share. The same labels give the same subset, whoever asks
 * and whatever it is for, so models that are judged on a subset are judged on the same images.
 *
 * <p>The images of a class are put in a random order, and the subset takes the first ones of each class. Every class has an image
 * before any has two, the larger classes first. Beyond that, the next image is of the class for which (taken + 1/2) / (images of
 * the class) is least, the one with the lower label of several. This is Webster's (Sainte-Laguë's) method of apportionment. Its
 * shares differ from those by largest remainder rarely and by little, and a larger subset contains every smaller one, which
 * largest remainder does not promise.
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
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::isFurther)
                .thenComparing(Place::compareQuotients)
                .thenComparingInt(Place::label);

        private boolean isFurther() {
            return rank > 0;
        }

        /** (rank + 1/2) / of, without rounding. */
        private static int compareQuotients(Place a, Place b) {
            return Long.compare((2L * a.rank + 1) * b.of, (2L * b.rank + 1) * a.of);
        }
    }
}
