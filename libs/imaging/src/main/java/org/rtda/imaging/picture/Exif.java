package org.rtda.imaging.picture;

import org.rtda.imaging.codec.Bytes;

/** What EXIF says of a picture and matters to its pixels: how it must be turned. Nothing else is read. */
final class Exif {
    private static final int ORIENTATION = 274;

    private Exif() {}

    /**
     * 1 to 8; 1 where the block does not say.
     *
     * @param block a TIFF structure, as EXIF is
     */
    static int orientation(Bytes block) {
        return (int) TiffDirectory.first(block).number(ORIENTATION, 1);
    }
}
