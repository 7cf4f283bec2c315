package org.rtda.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A NumPy {@code .npz} file, open for reading: a zip of {@code .npy} arrays, stored or deflated. Every failure is an
 * {@link InvalidDatasetException} that names the file and the array. Arrays are read as streams, so that their size
 * costs no memory; what they declare is bounded before anything is read.
 */
final class NpzFile implements AutoCloseable {
    /** Of one array's values. */
    static final long MOST_BYTES = 16L << 30;

    private static final int MOST_ENTRIES = 1000;
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final ZipFile zip;

    private NpzFile(String name, ZipFile zip) {
        this.name = name;
        this.zip = zip;
    }

    static NpzFile open(NpzSource source) {
        String name = source.name();
        if (!Files.isRegularFile(source.path())) {
            throw new InvalidDatasetException(name + " is not a file that can be read");
        }
        try {
            ZipFile zip = new ZipFile(source.path().toFile());
            if (zip.size() > MOST_ENTRIES) {
                zip.close();
                throw new InvalidDatasetException(
                        name + " must hold at most " + MOST_ENTRIES + " arrays, holds " + zip.size());
            }
            return new NpzFile(name, zip);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidDatasetException(
                    name + " is not a complete .npz (zip) file: " + e.getMessage() + "; was it cut off?", e);
        }
    }

    /** By which messages call it. */
    String name() {
        return name;
    }

    /** Names of the arrays, sorted. */
    List<String> keys() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".npy"))
                .map(name -> name.substring(0, name.length() - ".npy".length()))
                .sorted()
                .toList();
    }

    /** The head of an array; whether its values are there is another matter. */
    NpyHeader header(String key) {
        try (InputStream npy = zip.getInputStream(entry(key))) {
            return NpyHeader.read(npy);
        } catch (InvalidDatasetException e) {
            throw invalid(key, e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(key, e);
        }
    }

    /** Holds an array to its head: the bytes that the zip announces are as many as shape and dtype need, and bounded. */
    void checkSize(String key, NpyHeader header, int bytesPerValue) {
        long values = header.values();
        if (values > MOST_BYTES / bytesPerValue) {
            throw invalid(
                    key, "declares the shape " + header.shapeText() + ", more than " + (MOST_BYTES >> 30) + " GiB");
        }
        long wanted = header.headerBytes() + values * bytesPerValue;
        long announced = entry(key).getSize();
        if (announced != wanted) {
            throw invalid(
                    key,
                    "of shape " + header.shapeText() + " and dtype " + header.dtype() + " must be " + wanted
                            + " bytes, is " + announced);
        }
    }

    /** Reads an array through to its end and compares the checksum that the zip keeps of it. */
    void verify(String key) {
        ZipEntry entry = entry(key);
        CRC32 found = new CRC32();
        long length = 0;
        try (InputStream npy = new CheckedInputStream(zip.getInputStream(entry), found)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = npy.read(chunk); read >= 0 && length <= entry.getSize(); read = npy.read(chunk)) {
                length += read;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(key, e);
        }
        if (length != entry.getSize() || found.getValue() != entry.getCrc()) {
            throw invalid(key, "is damaged: its checksum or its length is not what the file says");
        }
    }

    /** An array's values, as bytes. Reading them throws {@link InvalidDatasetException} when they end early. */
    ValueStream values(String key) {
        try {
            InputStream npy = zip.getInputStream(entry(key));
            NpyHeader.read(npy);
            return new ValueStream(key, npy);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(key, e);
        }
    }

    InvalidDatasetException invalid(String key, String reason) {
        return new InvalidDatasetException(name + ": " + key + " " + reason);
    }

    private InvalidDatasetException unreadable(String key, Exception e) {
        return new InvalidDatasetException(
                name + ": " + key + " cannot be read: " + e.getMessage() + "; the file is damaged", e);
    }

    private ZipEntry entry(String key) {
        ZipEntry entry = zip.getEntry(key + ".npy");
        if (entry == null) {
            throw new InvalidDatasetException(name + ": " + key + " is missing; the file holds " + keys());
        }
        return entry;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new InvalidDatasetException(name + " cannot be closed: " + e.getMessage(), e);
        }
    }

    /** Values of one array in their order. */
    final class ValueStream extends FilterInputStream {
        private final String key;

        private ValueStream(String key, InputStream npy) {
            super(npy);
            this.key = key;
        }

        /** Exactly that many bytes. */
        byte[] next(int bytes) {
            try {
                byte[] read = in.readNBytes(bytes);
                if (read.length < bytes) {
                    throw invalid(key, "is cut off");
                }
                return read;
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable(key, e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw unreadable(key, e);
            }
        }
    }
}
