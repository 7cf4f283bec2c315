package org.rtda.contracts.settings;

import org.rtda.contracts.check.Check;

/**
 * What makes the clean view of a training image.
 *
 * @param horizontalFlip mirror with probability one half; default false (a mirrored chest has its heart on the other side)
 * @param cropPadding reflect-pad by this many pixels and crop back at a random place; 0 switches it off; default 2
 */
public record PreAugmentation(Boolean horizontalFlip, Integer cropPadding) {
    public static final PreAugmentation NONE = new PreAugmentation(false, 0);

    /** Everything at its default. */
    public static final PreAugmentation DEFAULT = new PreAugmentation(null, null);

    public PreAugmentation {
        horizontalFlip = horizontalFlip != null && horizontalFlip;
        cropPadding = cropPadding == null ? 2 : Check.inRange("preAugmentation.cropPadding", cropPadding, 0, 32);
    }
}
