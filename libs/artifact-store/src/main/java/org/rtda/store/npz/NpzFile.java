package org.rtda.store.npz;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.rtda.store.InvalidDatasetException;
import org.rtda.store.zip.ZipEnd;

/**
 * A NumPy {@code .npz} file, open for reading: a zip of {@code .npy} arrays, stored or deflated. Every failure is an
 * {@link InvalidDatasetException} that names the file and the array. Arrays are read as streams, so that their size
 * costs no memory; what they declare is bounded before anything is read.
 */
final class NpzFile implements AutoCloseable {
    /** Of one array's values. */
    static final long MOST_BYTES = 16L << 30;

    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_SHOWN = 50;

    /**
     * What an {@code .npz} file may claim. It is checked against the archive's directory, before an array is read.
     *
     * @param arrays entries of the archive
     * @param directoryBytes size of the archive's directory, which is read into memory
     * @param bytes of all arrays, unpacked
     * @param small up to this size an array may be packed as densely as it likes
     * @param ratio how many times larger than packed any other array may be; images are packed to a tenth at best, nothing but zeros to a
     *     thousandth
     */
    record Limits(int arrays, int directoryBytes, long bytes, long small, int ratio) {
        static final Limits DEFAULT = new Limits(1000, 1 << 20, 32L << 30, 64L << 20, 200);
    }

    private final String name;
    private final ZipFile zip;

    private NpzFile(String name, ZipFile zip) {
        this.name = name;
        this.zip = zip;
    }

    static NpzFile open(NpzSource source) {
        return open(source, Limits.DEFAULT);
    }

    static NpzFile open(NpzSource source, Limits limits) {
        String name = source.name();
        if (!Files.isRegularFile(source.path())) {
            throw new InvalidDatasetException(name + " is not a file that can be read");
        }
        try {
            requireSmallDirectory(name, ZipEnd.read(source.path()), limits);
            NpzFile file = new NpzFile(name, new ZipFile(source.path().toFile()));
            try {
                file.requireSound(limits);
                return file;
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidDatasetException(
                    name + " is not a complete .npz (zip) file: " + e.getMessage() + "; was it cut off?", e);
        }
    }

    private static void requireSmallDirectory(String name, ZipEnd end, Limits limits) {
        if (end.entries() < 0 || end.entries() > limits.arrays()) {
            throw new InvalidDatasetException(
                    name + " must hold at most " + limits.arrays() + " arrays, holds " + end.entries());
        }
        if (end.directoryBytes() < 0 || end.directoryBytes() > limits.directoryBytes()) {
            throw new InvalidDatasetException(name + " must have a directory of at most " + limits.directoryBytes()
                    + " bytes, has one of " + end.directoryBytes());
        }
    }

    /** That the directory names each array once, and nothing that is made to fill a machine. */
    private void requireSound(Limits limits) {
        if (zip.size() > limits.arrays()) {
            throw new InvalidDatasetException(
                    name + " must hold at most " + limits.arrays() + " arrays, holds " + zip.size());
        }
        Set<String> names = new HashSet<>();
        long left = limits.bytes();
        for (ZipEntry entry : zip.stream().toList()) {
            String shown = shown(entry.getName());
            if (!names.add(entry.getName())) {
                throw new InvalidDatasetException(
                        name + " holds two arrays named " + shown + "; which one is meant cannot be known");
            }
            long size = entry.getSize();
            if (size < 0 || size > left) {
                throw new InvalidDatasetException(
                        name + " unpacks to more than " + limits.bytes() + " bytes, the most that is taken");
            }
            left -= size;
            long packed = Math.max(1, entry.getCompressedSize());
            if (size > limits.small() && size / packed > limits.ratio()) {
                throw new InvalidDatasetException(name + ": " + shown + " unpacks to " + size + " bytes from " + packed
                        + "; at most " + limits.ratio()
                        + " times as many are taken, since such a file may be made to fill a machine");
            }
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

    /** A name of the archive on one short line. */
    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "..." : line;
    }

    private ZipEntry entry(String key) {
        ZipEntry entry = zip.getEntry(key + ".npy");
        if (entry == null) {
            throw new InvalidDatasetException(name + ": " + key + " is missing; the file holds "
                    + keys().stream().limit(MOST_SHOWN).map(NpzFile::shown).toList());
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
