package org.rtda.core.augment;

import org.rtda.core.ByteImage;

/** One of AugMix's operations: a function of the image, a level and a sign. */
interface Operation {

    /** As {@link Operations#named} knows it. */
    String name();

    /**
     * @param level in (0, 10], see {@link Level}; ignored by operations that have no strength
     * @param negative the direction; ignored by operations that have none
     * @return an image of the same shape; may be the given one when nothing changes
     */
    MappedImage apply(MappedImage image, double level, boolean negative);

    /** The operation by itself. */
    default ByteImage apply(ByteImage image, double level, boolean negative) {
        return apply(MappedImage.of(image), level, negative).image();
    }
}
