package org.rtda.imaging;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.rtda.imaging.file.ImageFiles;

/**
 * A file and what a reference reads from it; written by the scripts of {@code src/test/golden}.
 *
 * @param undecoded why the reference does not decode it; empty where it does
 * @param expected images by window and frame: "none 1", "file 1"
 */
public record GoldenImage(String name, byte[] content, String undecoded, Map<String, SampledImage> expected) {

    /** The files of {@code src/test/resources/golden/NAME.golden.gz}. */
    public static List<GoldenImage> ofResource(String name) {
        try (InputStream container = GoldenImage.class.getResourceAsStream("/golden/" + name + ".golden.gz")) {
            return read(container);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<GoldenImage> read(InputStream container) throws IOException {
        List<GoldenImage> files = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(container)))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                byte[] content = in.readNBytes(in.readInt());
                files.add(new GoldenImage(name, content, in.readUTF(), images(in)));
            }
        }
        return files;
    }

    private static Map<String, SampledImage> images(DataInputStream in) throws IOException {
        Map<String, SampledImage> images = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String key = in.readUTF();
            int width = in.readInt();
            int height = in.readInt();
            int channels = in.readInt();
            int bits = in.readInt();
            char[] samples = new char[width * height * channels];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = in.readChar();
            }
            images.put(key, new SampledImage(width, height, channels, bits, samples));
        }
        return images;
    }

    /** The reader's image of a window and frame. */
    public SampledImage read(String key) {
        String[] parts = key.split(" ");
        ReadOptions options = ReadOptions.defaults()
                .withFrame(Integer.parseInt(parts[1]))
                .withWindowing(parts[0].equals("none") ? Windowing.none() : Windowing.ofFile());
        return ImageFiles.read(content, options).image();
    }

    /** How the reader's images compare with the reference's; where that has none, whether the file is refused. */
    public Comparison compare() {
        Comparison worst = new Comparison(0, 0, "");
        try {
            for (Map.Entry<String, SampledImage> entry : expected.entrySet()) {
                worst = worst.or(Comparison.of(entry.getKey(), read(entry.getKey()), entry.getValue()));
            }
            if (expected.isEmpty()) {
                read("none 1");
            }
            return worst;
        } catch (UnreadableImageException e) {
            return new Comparison(0, 0, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * @param stored the largest difference of a sample without a window
     * @param windowed the largest with one, of 65,535
     * @param refusal why the reader refused the file; empty where it did not
     */
    public record Comparison(int stored, int windowed, String refusal) {

        static Comparison of(String key, SampledImage read, SampledImage wanted) {
            SampledImage same = likeWanted(read, wanted);
            if (same.width() != wanted.width()
                    || same.height() != wanted.height()
                    || same.channels() != wanted.channels()
                    || same.bits() != wanted.bits()) {
                throw new AssertionError(key + ": read " + read + ", wanted is " + wanted);
            }
            int most = 0;
            for (int i = 0; i < wanted.samples().length; i++) {
                most = Math.max(most, Math.abs(same.samples()[i] - wanted.samples()[i]));
            }
            return key.startsWith("none") ? new Comparison(most, 0, "") : new Comparison(0, most, "");
        }

        /** A palette of greys, which the reference gives as colours, is grey here. */
        private static SampledImage likeWanted(SampledImage read, SampledImage wanted) {
            if (read.channels() == wanted.channels() || read.channels() == 3) {
                return read;
            }
            char[] samples = new char[read.samples().length * 3];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = read.samples()[i / 3];
            }
            return new SampledImage(read.width(), read.height(), 3, read.bits(), samples);
        }

        Comparison or(Comparison other) {
            return new Comparison(
                    Math.max(stored, other.stored), Math.max(windowed, other.windowed), refusal + other.refusal);
        }

        public boolean isRefused() {
            return !refusal.isEmpty();
        }

        public boolean isEqual() {
            return !isRefused() && stored == 0 && windowed == 0;
        }
    }
}
