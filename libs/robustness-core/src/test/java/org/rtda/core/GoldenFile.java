package org.rtda.core;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads what {@code src/test/golden/golden_format.py} writes. */
public final class GoldenFile {
    private GoldenFile() {}

    public static Map<String, ByteImage> read(String name) {
        String resource = "/golden/" + name + ".golden.gz";
        try (InputStream file = GoldenFile.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(file)));
            Map<String, ByteImage> images = new LinkedHashMap<>();
            int records = in.readInt();
            for (int i = 0; i < records; i++) {
                String key = in.readUTF();
                int channels = in.readByte();
                int height = in.readShort();
                int width = in.readShort();
                images.put(key, new ByteImage(channels, height, width, in.readNBytes(channels * height * width)));
            }
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The share of values that differ by at most so many grey levels. */
    public static double shareWithin(int greyLevels, ByteImage one, ByteImage other) {
        int within = 0;
        for (int i = 0; i < one.data().length; i++) {
            if (Math.abs((one.data()[i] & 0xff) - (other.data()[i] & 0xff)) <= greyLevels) {
                within++;
            }
        }
        return (double) within / one.data().length;
    }
}
