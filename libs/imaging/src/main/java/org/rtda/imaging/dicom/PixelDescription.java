package org.rtda.imaging.dicom;

import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.UnreadableImageException;

/**
 * The image pixel module (PS3.3 C.7.6.3), checked.
 *
 * @param rows height
 * @param columns width
 * @param bitsAllocated 8 or 16
 * @param bitsStored from 1 to {@code bitsAllocated}; those above and below may hold something else
 * @param highBit the position of a sample's highest bit
 * @param signed whether samples are two's complement
 * @param planar whether native samples come channel by channel
 */
record PixelDescription(
        int frames,
        int rows,
        int columns,
        Photometric photometric,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        boolean planar) {

    static PixelDescription of(DataSet dataSet, ReadLimits limits) {
        refuseWithoutPixels(dataSet);
        int rows = dataSet.integer(Attribute.ROWS);
        int columns = dataSet.integer(Attribute.COLUMNS);
        limits.check(columns, rows);
        int allocated = dataSet.integer(Attribute.BITS_ALLOCATED);
        if (allocated != 8 && allocated != 16) {
            throw UnreadableImageException.unsupported(
                    "DICOM images with " + allocated + " bits allocated" + (allocated == 1 ? " (segmentations)" : ""),
                    "Only 8 and 16 are read: convert the image.");
        }
        int stored = dataSet.integer(Attribute.BITS_STORED, allocated);
        int high = dataSet.integer(Attribute.HIGH_BIT, stored - 1);
        if (stored < 1 || stored > allocated || high < stored - 1 || high >= allocated) {
            throw UnreadableImageException.damaged(
                    "it says that of " + allocated + " bits " + stored + " are stored and " + high + " is the highest");
        }
        Photometric photometric = Photometric.of(dataSet);
        int samples = dataSet.integer(Attribute.SAMPLES_PER_PIXEL, 1);
        if (samples != photometric.samples()) {
            throw UnreadableImageException.damaged("its photometric interpretation " + photometric + " needs "
                    + photometric.samples() + " samples a pixel, it has " + samples);
        }
        int representation = dataSet.integer(Attribute.PIXEL_REPRESENTATION, 0);
        boolean signed = representation == 1;
        if (representation != 0 && !signed || signed && !photometric.isGrey()) {
            throw UnreadableImageException.damaged("its pixel representation must be 0"
                    + (photometric.isGrey() ? " or 1" : " for colours") + ", was " + representation);
        }
        int frames = dataSet.integer(Attribute.NUMBER_OF_FRAMES, 1);
        if (frames < 1) {
            throw UnreadableImageException.damaged("its number of frames must be at least 1, was " + frames);
        }
        boolean planar = samples > 1 && dataSet.integer(Attribute.PLANAR_CONFIGURATION, 0) == 1;
        return new PixelDescription(frames, rows, columns, photometric, allocated, stored, high, signed, planar);
    }

    private static void refuseWithoutPixels(DataSet dataSet) {
        if (dataSet.has(Attribute.FLOAT_PIXEL_DATA) || dataSet.has(Attribute.DOUBLE_FLOAT_PIXEL_DATA)) {
            throw UnreadableImageException.unsupported(
                    "DICOM images with floating-point pixels", "Convert the image to whole numbers of 8 or 16 bits.");
        }
        if (dataSet.fragments() == null && !dataSet.has(Attribute.PIXEL_DATA)) {
            throw new UnreadableImageException(
                    "The DICOM file holds no image: it is a report, a plan, a directory or the like. Leave it out.");
        }
    }

    int samplesPerPixel() {
        return photometric.samples();
    }

    int pixels() {
        return rows * columns;
    }
}
