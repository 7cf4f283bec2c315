package org.rtda.imaging.dicom;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.Windowing;
import org.rtda.imaging.codec.Bytes;

/**
 * A DICOM file and what pydicom reads from it; written by {@code src/test/golden/dicom_golden.py}.
 *
 * @param undecoded why pydicom does not decode it; empty where it does
 * @param expected images by window and frame: "none 1", "file 1"
 */
record GoldenDicom(String name, byte[] content, String undecoded, Map<String, SampledImage> expected) {

    static List<GoldenDicom> read(InputStream container) throws IOException {
        List<GoldenDicom> files = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(container)))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                byte[] content = in.readNBytes(in.readInt());
                files.add(new GoldenDicom(name, content, in.readUTF(), images(in)));
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
    SampledImage read(String key) {
        String[] parts = key.split(" ");
        ReadOptions options = ReadOptions.defaults()
                .withFrame(Integer.parseInt(parts[1]))
                .withWindowing(parts[0].equals("none") ? Windowing.none() : Windowing.ofFile());
        return DicomReader.read(Bytes.of(content), options).image();
    }

    /** How the reader's images compare with pydicom's. */
    Comparison compare() {
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

    /**
     * @param difference the largest of a sample, {@code Integer.MAX_VALUE} where the images differ in shape
     * @param share of the samples that differ
     * @param refusal why the reader refused the file; empty where it did not
     */
    record Comparison(int difference, double share, String refusal) {

        static Comparison of(String key, SampledImage read, SampledImage wanted) {
            SampledImage same = likeWanted(read, wanted);
            if (same.width() != wanted.width()
                    || same.height() != wanted.height()
                    || same.channels() != wanted.channels()
                    || same.bits() != wanted.bits()) {
                throw new AssertionError(key + ": read " + read + ", pydicom reads " + wanted);
            }
            int most = 0;
            int differing = 0;
            for (int i = 0; i < wanted.samples().length; i++) {
                int difference = Math.abs(same.samples()[i] - wanted.samples()[i]);
                most = Math.max(most, difference);
                differing += difference > 0 ? 1 : 0;
            }
            return new Comparison(most, (double) differing / wanted.samples().length, "");
        }

        /** A palette of greys, which pydicom gives as colours, is grey here. */
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
                    Math.max(difference, other.difference), Math.max(share, other.share), refusal + other.refusal);
        }

        boolean isRefused() {
            return !refusal.isEmpty();
        }
    }
}
