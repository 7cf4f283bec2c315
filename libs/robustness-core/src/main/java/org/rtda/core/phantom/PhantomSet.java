package org.rtda.core.phantom;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.ByteImage;

/**
 * A generated data set.
 *
 * @param classNames by label
 * @param splits {@code train}, {@code val}, {@code test} and {@link Phantoms#SHIFT}, in this order; one of which no image
 *     was wanted is absent
 * @param provenance how the images came about, in a paragraph
 */
public record PhantomSet(Modality modality, List<String> classNames, Map<String, Split> splits, String provenance) {

    public PhantomSet {
        classNames = List.copyOf(classNames);
        splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    }

    /** @throws IllegalArgumentException when there is no such split; it lists the known ones */
    public Split split(String name) {
        Split split = splits.get(name);
        if (split == null) {
            throw new IllegalArgumentException("split must be one of " + splits.keySet() + ", was " + name);
        }
        return split;
    }

    /**
     * @param images grey, of one square shape
     * @param labels one an image, in the same order; not copied
     */
    public record Split(List<ByteImage> images, int[] labels) {
        public Split {
            images = List.copyOf(images);
            if (images.size() != labels.length) {
                throw new IllegalArgumentException("there must be one label an image, got " + images.size()
                        + " images and " + labels.length + " labels");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Split that && images.equals(that.images) && Arrays.equals(labels, that.labels);
        }

        @Override
        public int hashCode() {
            return 31 * images.hashCode() + Arrays.hashCode(labels);
        }

        @Override
        public String toString() {
            return "Split[" + labels.length + "]";
        }
    }
}
