package org.rtda.imaging.dicom;

import java.util.Arrays;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;

/** Stored values of a colour image to red, green and blue. Windows do not apply to colours. */
final class Colours {
    private final PixelDescription description;
    private final StoredPixels pixels;

    Colours(PixelDescription description, StoredPixels pixels) {
        this.description = description;
        this.pixels = pixels;
    }

    /**
     * @param luminance whether the samples are luminance and chrominances
     */
    SampledImage image(boolean luminance) {
        char[] samples = pixels.values();
        if (luminance) {
            if (pixels.bits() != 8) {
                throw UnreadableImageException.unsupported(
                        "DICOM images of luminance and chrominance with " + pixels.bits() + " bits",
                        "Only 8 bits are read: convert the image to RGB.");
            }
            toRgb(samples);
        }
        return new SampledImage(description.columns(), description.rows(), 3, pixels.bits(), samples);
    }

    /** The inverse of PS3.3 C.7.6.3.1.2, which is that of ITU-R BT.601 in its full range; rounded to nearest. */
    private static void toRgb(char[] samples) {
        for (int i = 0; i < samples.length; i += 3) {
            double y = samples[i];
            double blueness = samples[i + 1] - 128;
            double redness = samples[i + 2] - 128;
            samples[i] = rounded(y + 1.402 * redness);
            samples[i + 1] = rounded(y - 0.344136286 * blueness - 0.714136286 * redness);
            samples[i + 2] = rounded(y + 1.772 * blueness);
        }
    }

    private static char rounded(double value) {
        return (char) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
    }

    /** PALETTE COLOR (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6); a palette of greys makes a grey image. */
    static SampledImage palette(PixelDescription description, StoredPixels pixels, DataSet dataSet) {
        boolean signed = description.signed();
        LookupTable red = LookupTable.of(dataSet, Attribute.RED_PALETTE_DESCRIPTOR, Attribute.RED_PALETTE_DATA, signed);
        LookupTable green =
                LookupTable.of(dataSet, Attribute.GREEN_PALETTE_DESCRIPTOR, Attribute.GREEN_PALETTE_DATA, signed);
        LookupTable blue =
                LookupTable.of(dataSet, Attribute.BLUE_PALETTE_DESCRIPTOR, Attribute.BLUE_PALETTE_DATA, signed);
        if (red.bits() != green.bits() || red.bits() != blue.bits()) {
            throw UnreadableImageException.damaged("the tables of its palette differ in depth");
        }
        boolean grey = Arrays.equals(red.entries(), green.entries())
                && Arrays.equals(red.entries(), blue.entries())
                && red.first() == green.first()
                && red.first() == blue.first();
        int channels = grey ? 1 : 3;
        char[] samples = new char[pixels.values().length * channels];
        for (int i = 0; i < pixels.values().length; i++) {
            int number = pixels.value(i);
            samples[i * channels] = red.at(number);
            if (!grey) {
                samples[i * 3 + 1] = green.at(number);
                samples[i * 3 + 2] = blue.at(number);
            }
        }
        return new SampledImage(description.columns(), description.rows(), channels, red.bits(), samples);
    }
}
