package org.rtda.imaging.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files of a ZIP archive. Nothing is unpacked to a disk. */
final class ZipTree implements FileTree {
    private final String name;
    private final ZipFile zip;
    private final Map<String, ZipDirectory.Entry> entries = new HashMap<>();
    private final List<String> paths;

    private ZipTree(String name, ZipFile zip, ZipDirectory directory) {
        this.name = name;
        this.zip = zip;
        directory.entries().forEach(entry -> entries.put(entry.path(), entry));
        this.paths = entries.keySet().stream().sorted().toList();
    }

    /**
     * @param name by which messages call it
     * @throws InvalidSourceException when it is no archive, or one that may do harm
     */
    static ZipTree open(Path file, String name, ZipLimits limits) {
        ZipDirectory directory = ZipDirectory.read(file, name, limits);
        try {
            return new ZipTree(name, new ZipFile(file.toFile(), ZipDirectory.UNMARKED_NAMES), directory);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSourceException(name + " is not a sound ZIP archive: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path, long limit) throws IOException {
        ZipDirectory.Entry known = entries.get(path);
        ZipEntry entry = known == null ? null : zip.getEntry(known.name());
        if (entry == null) {
            throw new IOException("is not in the archive");
        }
        if (known.sizeBytes() > limit) {
            throw new IOException("unpacks to " + known.sizeBytes() + " bytes; at most " + limit + " are read");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            byte[] read = content.readNBytes((int) known.sizeBytes());
            if (read.length < known.sizeBytes() || content.read() >= 0) {
                throw new IOException("is damaged: it does not unpack to the " + known.sizeBytes()
                        + " bytes that the archive's directory names");
            }
            CRC32 found = new CRC32();
            found.update(read);
            if (found.getValue() != entry.getCrc()) {
                throw new IOException("is damaged: its checksum is not the one that the archive names");
            }
            return read;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new IOException("is damaged: it cannot be unpacked", e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new InvalidSourceException(name + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
