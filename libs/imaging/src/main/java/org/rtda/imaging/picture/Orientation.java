package org.rtda.imaging.picture;

import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;

/** How the stored rows and columns must be turned to be shown, numbered as EXIF and TIFF do: 1 to 8, 1 as they are. */
final class Orientation {
    private Orientation() {}

    /**
     * The image turned as {@code orientation} says.
     *
     * @throws UnreadableImageException when the number is none of 1 to 8
     */
    static SampledImage upright(SampledImage stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        if (orientation < 1 || orientation > 8) {
            throw UnreadableImageException.damaged("its orientation must be from 1 to 8, was " + orientation);
        }
        boolean sidesSwap = orientation >= 5;
        int width = sidesSwap ? stored.height() : stored.width();
        int height = sidesSwap ? stored.width() : stored.height();
        int channels = stored.channels();
        char[] source = stored.samples();
        char[] target = new char[source.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int sourceRow = sourceRow(orientation, row, column, width, height);
                int sourceColumn = sourceColumn(orientation, row, column, width, height);
                System.arraycopy(
                        source,
                        (sourceRow * stored.width() + sourceColumn) * channels,
                        target,
                        (row * width + column) * channels,
                        channels);
            }
        }
        return new SampledImage(width, height, channels, stored.bits(), target);
    }

    private static int sourceRow(int orientation, int row, int column, int width, int height) {
        return switch (orientation) {
            case 2 -> row;
            case 3, 4 -> height - 1 - row;
            case 5, 8 -> column;
            default -> width - 1 - column;
        };
    }

    private static int sourceColumn(int orientation, int row, int column, int width, int height) {
        return switch (orientation) {
            case 2, 3 -> width - 1 - column;
            case 4 -> column;
            case 5, 6 -> row;
            default -> height - 1 - row;
        };
    }
}
