package org.rtda.imaging.picture;

import java.util.List;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.Samples;

/**
 * PGM and PPM (Netpbm), as text (P2, P3) and as bytes (P5, P6), 8 and 16 bits. A file whose greatest value is not of the form
 * 2^n - 1 is scaled to the next such value, rounded to nearest.
 */
public final class NetpbmReader implements ImageReader {
    private static final String GREY = "PGM";
    private static final String COLOUR = "PPM";

    @Override
    public List<String> formats() {
        return List.of(GREY, COLOUR);
    }

    @Override
    public boolean recognises(Bytes content) {
        boolean type = content.startsWith(0, "P2")
                || content.startsWith(0, "P3")
                || content.startsWith(0, "P5")
                || content.startsWith(0, "P6");
        return type && content.length() > 2 && (isSpace(content.u8(2)) || content.u8(2) == '#');
    }

    @Override
    public DecodedImage read(Bytes content, ReadOptions options) {
        int type = content.u8(1) - '0';
        int channels = type == 3 || type == 6 ? 3 : 1;
        boolean text = type <= 3;
        Tokens tokens = new Tokens(content, 2);
        int width = tokens.number();
        int height = tokens.number();
        int greatest = tokens.number();
        options.limits().check(width, height);
        if (greatest < 1 || greatest > 65535) {
            throw UnreadableImageException.damaged("its greatest value must be from 1 to 65535, was " + greatest);
        }
        int count = Samples.count(width, height, channels);
        // each value takes a digit and a space, or one or two bytes: no memory for what cannot be there
        long least = text ? 2L * count - 1 : (greatest < 256 ? 1L : 2L) * count;
        Bytes raster = content.after(text ? tokens.at : tokens.at + 1);
        raster.part(0, least);
        options.indexOfFrame(1, "image");
        if (!text && recognises(raster.after(least))) {
            throw UnreadableImageException.unsupported(
                    "PGM and PPM files of several images", "Save the wanted one as a file of its own.");
        }
        char[] samples = new char[count];
        for (int i = 0; i < count; i++) {
            int value = text ? tokens.number() : greatest < 256 ? raster.u8(i) : raster.u16(2L * i);
            if (value > greatest) {
                throw UnreadableImageException.damaged(
                        "a pixel has the value " + value + ", its header says at most " + greatest);
            }
            samples[i] = (char) value;
        }
        int bits = 32 - Integer.numberOfLeadingZeros(greatest);
        scale(samples, greatest, (1 << bits) - 1);
        SampledImage image = new SampledImage(width, height, channels, bits, samples);
        return new DecodedImage(image, ImageFacts.of(channels == 1 ? GREY : COLOUR));
    }

    private static void scale(char[] samples, int from, int to) {
        if (from == to) {
            return;
        }
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (char) ((2L * samples[i] * to + from) / (2L * from));
        }
    }

    private static boolean isSpace(int character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }

    /** Numbers between white space and comments. */
    private static final class Tokens {
        private final Bytes content;
        private long at;

        Tokens(Bytes content, long at) {
            this.content = content;
            this.at = at;
        }

        int number() {
            skip();
            long number = 0;
            long from = at;
            while (at < content.length() && content.u8(at) >= '0' && content.u8(at) <= '9') {
                number = Math.min(number * 10 + content.u8(at) - '0', Integer.MAX_VALUE);
                at++;
            }
            if (at == from) {
                throw UnreadableImageException.damaged("a number is missing at position " + from);
            }
            return (int) number;
        }

        private void skip() {
            while (at < content.length() && (isSpace(content.u8(at)) || content.u8(at) == '#')) {
                if (content.u8(at) == '#') {
                    while (at < content.length() && content.u8(at) != '\n' && content.u8(at) != '\r') {
                        at++;
                    }
                } else {
                    at++;
                }
            }
        }
    }
}
