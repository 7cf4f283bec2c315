package org.rtda.imaging.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds ZIP archives, sound ones and others. */
final class ZipBytes {
    private static final int ENTRY = 0x02014b50;
    private static final int END = 0x06054b50;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    ZipBytes file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * As large archives end: the numbers of the directory stand in a record of their own.
     *
     * @param bytes of the directory
     * @param offset of the directory
     */
    byte[] bytesWithLargeEnd(long entries, long bytes, long offset) {
        byte[] zip = bytes();
        int end = end(zip);
        ByteBuffer large = ByteBuffer.allocate(zip.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        large.put(zip, 0, end);
        large.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        large.putLong(entries).putLong(entries).putLong(bytes).putLong(offset);
        large.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        large.put(zip, end, zip.length - end);
        large.putInt(end + 56 + 20 + 12, -1);
        return large.array();
    }

    /** As large files are named: the unpacked size stands in an extra field. */
    static byte[] withLargeSize(byte[] zip, int wanted, long size) {
        int at = entry(zip, wanted);
        int extra =
                at + 46 + ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getShort(at + 28);
        ByteBuffer larger = ByteBuffer.allocate(zip.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        larger.put(zip, 0, extra).putShort((short) 1).putShort((short) 8).putLong(size);
        larger.put(zip, extra, zip.length - extra);
        larger.putInt(at + 24, -1).putShort(at + 30, (short) 12);
        int end = end(zip) + 12;
        larger.putInt(end + 12, larger.getInt(end + 12) + 12);
        return larger.array();
    }

    /** Of the directory's entry with that place. */
    static int entry(byte[] zip, int wanted) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.getInt(end(zip) + 16);
        for (int i = 0; i < wanted; i++) {
            at += 46 + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
        }
        if (bytes.getInt(at) != ENTRY) {
            throw new IllegalStateException("no entry " + wanted);
        }
        return at;
    }

    static int end(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = zip.length - 22; at >= 0; at--) {
            if (bytes.getInt(at) == END) {
                return at;
            }
        }
        throw new IllegalStateException("no end");
    }

    static void putInt(byte[] zip, int at, int value) {
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    }

    static void putShort(byte[] zip, int at, int value) {
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
    }
}
