package org.rtda.imaging.picture;

import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;

/** Colours by number. A palette of greys makes a grey image. */
final class Palette {
    private final char[] red;
    private final char[] green;
    private final char[] blue;
    private final int bits;
    private final boolean grey;

    /**
     * @param bits depth of the colours' values
     */
    Palette(char[] red, char[] green, char[] blue, int bits) {
        this.red = red;
        this.green = green;
        this.blue = blue;
        this.bits = bits;
        this.grey = isGrey(red, green, blue);
    }

    private static boolean isGrey(char[] red, char[] green, char[] blue) {
        for (int i = 0; i < red.length; i++) {
            if (red[i] != green[i] || red[i] != blue[i]) {
                return false;
            }
        }
        return true;
    }

    /** The image of colour numbers, H x W. */
    SampledImage image(int width, int height, char[] numbers) {
        int channels = grey ? 1 : 3;
        char[] samples = new char[numbers.length * channels];
        for (int i = 0; i < numbers.length; i++) {
            int number = numbers[i];
            if (number >= red.length) {
                throw UnreadableImageException.damaged(
                        "a pixel has colour " + number + " of a palette of " + red.length);
            }
            samples[i * channels] = red[number];
            if (!grey) {
                samples[i * 3 + 1] = green[number];
                samples[i * 3 + 2] = blue[number];
            }
        }
        return new SampledImage(width, height, channels, bits, samples);
    }
}
