package org.rtda.store;

import java.util.Arrays;
import java.util.List;
import org.rtda.core.ByteImage;

/**
 * Images with their classes.
 *
 * @param labels one an image, in the same order; not copied
 */
public record LabelledImages(List<ByteImage> images, int[] labels) {

    public LabelledImages {
        images = List.copyOf(images);
        if (images.size() != labels.length) {
            throw new IllegalArgumentException("there must be one label an image, got " + images.size() + " images and "
                    + labels.length + " labels");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelledImages that && images.equals(that.images) && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * images.hashCode() + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "LabelledImages[" + labels.length + "]";
    }
}
