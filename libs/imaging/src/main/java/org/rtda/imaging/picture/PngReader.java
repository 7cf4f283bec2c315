package org.rtda.imaging.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * PNG (ISO/IEC 15948): 1 to 16 bits, grey, RGB, palette, interlaced or not. Every check sum is verified, which the JDK's reader does
 * not: a damaged file is refused instead of half read. Colour profiles and gamma do not change the samples.
 */
public final class PngReader implements ImageReader {
    private static final String FORMAT = "PNG";
    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final Set<String> KNOWN_CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    @Override
    public List<String> formats() {
        return List.of(FORMAT);
    }

    @Override
    public boolean recognises(Bytes content) {
        return content.startsWith(0, SIGNATURE);
    }

    @Override
    public DecodedImage read(Bytes content, ReadOptions options) {
        options.indexOfFrame(1, "image");
        Chunks chunks = Chunks.of(content);
        PngHeader header = PngHeader.of(chunks.header());
        options.limits().check(header.width(), header.height());
        char[] samples = new PngPixels(header, new PixelStream(chunks.data())).samples();
        SampledImage image = Orientation.upright(image(header, chunks, samples), orientation(chunks));
        return new DecodedImage(image, ImageFacts.of(FORMAT));
    }

    private static SampledImage image(PngHeader header, Chunks chunks, char[] samples) {
        Bytes transparency = chunks.transparency();
        if (header.isPalette()) {
            refuseTransparentColours(samples, transparency);
            return palette(chunks.palette()).image(header.width(), header.height(), samples);
        }
        int greatest = (1 << header.bits()) - 1;
        if (header.hasAlpha()) {
            samples = Opacity.withoutAlpha(samples, header.channels(), greatest);
        } else if (transparency != null) {
            refuseTransparentSample(samples, header.channels(), transparency);
        }
        int channels = header.hasAlpha() ? header.channels() - 1 : header.channels();
        return new SampledImage(header.width(), header.height(), channels, header.bits(), samples);
    }

    private static Palette palette(Bytes entries) {
        if (entries == null || entries.length() == 0 || entries.length() % 3 != 0) {
            throw UnreadableImageException.damaged("an image of palette colours has no proper palette");
        }
        int size = entries.length() / 3;
        char[] red = new char[size];
        char[] green = new char[size];
        char[] blue = new char[size];
        for (int i = 0; i < size; i++) {
            red[i] = (char) entries.u8(i * 3L);
            green[i] = (char) entries.u8(i * 3L + 1);
            blue[i] = (char) entries.u8(i * 3L + 2);
        }
        return new Palette(red, green, blue, 8);
    }

    private static void refuseTransparentColours(char[] numbers, Bytes alphas) {
        if (alphas == null) {
            return;
        }
        for (char number : numbers) {
            if (number < alphas.length() && alphas.u8(number) != 255) {
                throw Opacity.transparent();
            }
        }
    }

    /** Grey and RGB images may name one value that is transparent. */
    private static void refuseTransparentSample(char[] samples, int channels, Bytes value) {
        for (int i = 0; i < samples.length; i += channels) {
            boolean same = true;
            for (int channel = 0; channel < channels; channel++) {
                same &= samples[i + channel] == value.u16(channel * 2L);
            }
            if (same) {
                throw Opacity.transparent();
            }
        }
    }

    private static int orientation(Chunks chunks) {
        return chunks.exif() == null ? 1 : Exif.orientation(chunks.exif());
    }

    /** The chunks that matter. */
    private record Chunks(Bytes header, Bytes palette, Bytes transparency, Bytes exif, List<Bytes> data) {

        static Chunks of(Bytes content) {
            Bytes header = null;
            Bytes palette = null;
            Bytes transparency = null;
            Bytes exif = null;
            List<Bytes> data = new ArrayList<>();
            long at = SIGNATURE.length();
            String type;
            do {
                long length = content.u32(at);
                Bytes body = content.part(at + 8, length);
                type = type(content, at + 4);
                check(content.part(at + 4, length + 4), content.u32(at + 8 + length));
                if ((header == null) != type.equals("IHDR")) {
                    throw UnreadableImageException.damaged("its header must come first and only once");
                }
                switch (type) {
                    case "IHDR" -> header = body;
                    case "PLTE" -> palette = body;
                    case "tRNS" -> transparency = body;
                    case "eXIf" -> exif = body;
                    case "IDAT" -> data.add(body);
                    case "acTL" -> refuseAnimation(body);
                    default -> refuseUnknownCritical(type);
                }
                at += 12 + length;
            } while (!type.equals("IEND"));
            return new Chunks(header, palette, transparency, exif, data);
        }

        private static String type(Bytes content, long at) {
            StringBuilder type = new StringBuilder(4);
            for (int i = 0; i < 4; i++) {
                type.append((char) content.u8(at + i));
            }
            return type.toString();
        }

        private static void check(Bytes typeAndBody, long wanted) {
            CRC32 sum = new CRC32();
            sum.update(typeAndBody.buffer());
            if (sum.getValue() != wanted) {
                throw UnreadableImageException.damaged("a check sum of a PNG chunk is wrong");
            }
        }

        private static void refuseAnimation(Bytes control) {
            if (control.u32(0) > 1) {
                throw UnreadableImageException.unsupported(
                        "Animated PNG files", "Save the wanted picture as a file of its own.");
            }
        }

        private static void refuseUnknownCritical(String type) {
            if (Character.isUpperCase(type.charAt(0)) && !KNOWN_CRITICAL.contains(type)) {
                throw UnreadableImageException.unsupported(
                        "PNG files with a critical chunk that the standard does not define",
                        "Save the picture again with another program.");
            }
        }
    }

    /** The inflated rows of all data chunks. */
    static final class PixelStream {
        private final Inflater inflater = new Inflater();
        private final List<Bytes> chunks;
        private int next;

        PixelStream(List<Bytes> chunks) {
            this.chunks = chunks;
        }

        /** Fills the row. */
        void read(byte[] row) {
            int filled = 0;
            while (filled < row.length) {
                int count = inflate(row, filled, row.length - filled);
                if (count == 0) {
                    throw UnreadableImageException.damaged("it has fewer pixels than its header says");
                }
                filled += count;
            }
        }

        /** Verifies the check sum at the end, where the stream must be. */
        void finish() {
            if (inflate(new byte[1], 0, 1) != 0 || !inflater.finished()) {
                throw UnreadableImageException.damaged("its pixels do not end where its header says");
            }
        }

        void close() {
            inflater.end();
        }

        private int inflate(byte[] target, int from, int size) {
            try {
                while (true) {
                    int count = inflater.inflate(target, from, size);
                    if (count > 0 || inflater.finished() || inflater.needsDictionary()) {
                        return count;
                    }
                    if (!inflater.needsInput() || next == chunks.size()) {
                        return 0;
                    }
                    inflater.setInput(chunks.get(next++).buffer());
                }
            } catch (DataFormatException e) {
                throw UnreadableImageException.damaged("its compressed pixels cannot be inflated");
            }
        }
    }
}
