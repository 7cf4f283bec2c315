package org.rtda.store.npz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds {@code .npz} files byte by byte, sound ones and others. */
public final class NpzBytes {
    private final Map<String, byte[]> arrays = new LinkedHashMap<>();

    /** 12 x 8 x 8 grey training images, 4 of val, 6 of test, labels 0, 1, 0, 1, ...; pixel i of image n is {@code 31n + i}. */
    public static NpzBytes small() {
        NpzBytes npz = new NpzBytes();
        Map.of("train", 12, "val", 4, "test", 6).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(split -> {
                    npz.images(split.getKey(), split.getValue(), 8, 8);
                    npz.labels(split.getKey(), split.getValue());
                });
        return npz;
    }

    public NpzBytes images(String split, int count, int height, int width) {
        byte[] pixels = new byte[count * height * width];
        for (int i = 0; i < pixels.length; i++) {
            int image = i / (height * width);
            pixels[i] = (byte) (31 * image + i % (height * width));
        }
        return array(split + "_images", "|u1", "(" + count + ", " + height + ", " + width + ")", pixels);
    }

    public NpzBytes labels(String split, int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 2);
        }
        return array(split + "_labels", "|u1", "(" + count + ", 1)", labels);
    }

    public NpzBytes array(String key, String dtype, String shape, byte[] values) {
        return header(key, "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': " + shape + ", }", 1, values);
    }

    public NpzBytes header(String key, String header, int version, byte[] values) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        npy.write(text.length);
        npy.write(text.length >> 8);
        if (version > 1) {
            npy.write(0);
            npy.write(0);
        }
        npy.writeBytes(text);
        npy.writeBytes(values);
        return raw(key, npy.toByteArray());
    }

    public NpzBytes raw(String key, byte[] npy) {
        arrays.put(key, npy);
        return this;
    }

    public NpzBytes without(String key) {
        arrays.remove(key);
        return this;
    }

    public byte[] deflated() {
        return zip(ZipEntry.DEFLATED);
    }

    public byte[] stored() {
        return zip(ZipEntry.STORED);
    }

    private byte[] zip(int method) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                CRC32 crc = new CRC32();
                crc.update(array.getValue());
                entry.setMethod(method);
                entry.setSize(array.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(array.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
