package org.rtda.contracts;

import org.rtda.contracts.check.Check;

/**
 * Part of a split's images, a seeded draw in which every class has its share; the same images for every model.
 *
 * @param images how many were drawn
 * @param of how many the split has, more than were drawn
 */
public record Subset(int images, int of) {
    public Subset {
        Check.inRange("subset.images", images, 1, Integer.MAX_VALUE - 1);
        Check.inRange("subset.of", of, images + 1, Integer.MAX_VALUE);
    }

    /** As every place that shows figures of a subset says it, for example {@code 80 of 160, drawn by class}. */
    public String inWords() {
        return images + " of " + of + ", drawn by class";
    }

    /**
     * How many images a figure is about, in words.
     *
     * @param n of the figure; fewer than the condition's images where the figure is about one class, for example
     * @param subset of the figure's condition; null for the whole split
     */
    public static String imagesInWords(int n, Subset subset) {
        return subset != null && subset.images() == n ? subset.inWords() : Integer.toString(n);
    }
}
