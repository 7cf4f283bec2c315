package org.rtda.imaging.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens what somebody has: a folder, a table, or a ZIP archive of either. */
public final class ImageSources {
    private static final int ZIP_MAGIC = 0x504b0304;
    private static final int EMPTY_ZIP_MAGIC = 0x504b0506;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int NAME_LENGTH = 26;

    private ImageSources() {}

    /** Whether a file begins as ZIP archives do; NPZ files do, too. */
    public static boolean isZip(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] begin = content.readNBytes(4);
            int magic = begin.length < 4
                    ? 0
                    : (begin[0] & 0xff) << 24 | (begin[1] & 0xff) << 16 | (begin[2] & 0xff) << 8 | begin[3] & 0xff;
            return magic == ZIP_MAGIC || magic == EMPTY_ZIP_MAGIC;
        } catch (IOException e) {
            throw new InvalidSourceException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether a file is NumPy's: it is called so, or is an archive that holds arrays and nothing else. */
    public static boolean isNpz(Path file) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
            return true;
        }
        if (!Files.isRegularFile(file) || !isZip(file)) {
            return false;
        }
        List<ZipDirectory.Entry> entries = ZipDirectory.read(
                        file, file.getFileName().toString(), ZipLimits.DEFAULT)
                .entries();
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.path().endsWith(".npy"));
    }

    /**
     * Whether the first file of a ZIP archive is a NumPy array, as it is in every NPZ file. It looks at the first bytes alone, so it costs
     * nothing, whatever the archive holds.
     */
    public static boolean beginsWithArray(Path zip) {
        try (InputStream content = Files.newInputStream(zip)) {
            byte[] header = content.readNBytes(LOCAL_HEADER_BYTES);
            if (header.length < LOCAL_HEADER_BYTES) {
                return false;
            }
            int nameBytes = (header[NAME_LENGTH] & 0xff) | (header[NAME_LENGTH + 1] & 0xff) << 8;
            return new String(content.readNBytes(nameBytes), StandardCharsets.ISO_8859_1).endsWith(".npy");
        } catch (IOException e) {
            throw new InvalidSourceException("an archive cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * @param given a folder, a table (CSV) or a ZIP archive, which messages call as it lies
     * @throws InvalidSourceException when it is none of these or holds no image; the message says what to do
     */
    public static ImageCollection open(Path given, SourceOptions options) {
        if (!Files.isDirectory(given) && isZip(given)) {
            return openArchive(given, given.getFileName().toString(), options);
        }
        return withPatients(
                Files.isDirectory(given) ? FolderLayout.of(FolderTree.of(given)) : table(given, options), options);
    }

    /**
     * @param given a ZIP archive of a folder, or of images and a table
     * @param name by which messages call it: an upload lies under a name that its owner has never seen
     * @throws InvalidSourceException when it is no such archive or one that may do harm; the message says what to do
     */
    public static ImageCollection openArchive(Path given, String name, SourceOptions options) {
        FileTree files = ZipTree.open(given, name, options.limits().zip());
        try {
            Optional<String> table = onlyTable(files);
            ImageCollection found =
                    table.isPresent() ? tableInside(files, table.get(), options) : FolderLayout.of(files);
            return withPatients(found.withKind("zip"), options);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** A table that lies above all images. */
    private static Optional<String> onlyTable(FileTree files) {
        List<String> tables = files.paths().stream()
                .filter(path -> path.toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)"))
                .toList();
        if (tables.size() > 1) {
            throw new InvalidSourceException(files.name() + " holds " + tables.size() + " tables (" + tables.get(0)
                    + ", " + tables.get(1) + ", ...); leave the one in it that names the images");
        }
        return tables.stream().findFirst();
    }

    private static ImageCollection tableInside(FileTree files, String table, SourceOptions options) {
        try {
            return ImageTable.read(
                    files.name() + ": " + table,
                    files.read(table, options.limits().tableBytes()),
                    new Below(files, table.substring(0, table.lastIndexOf('/') + 1)),
                    false,
                    options);
        } catch (IOException e) {
            throw new InvalidSourceException(files.name() + ": " + table + " " + e.getMessage(), e);
        }
    }

    private static ImageCollection table(Path given, SourceOptions options) {
        Path folder =
                options.root() != null ? options.root() : given.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new InvalidSourceException(folder + " is no folder; the table's files must lie in one");
        }
        try {
            int most = options.limits().tableBytes();
            if (Files.size(given) > most) {
                throw new InvalidSourceException(given.getFileName() + " has " + Files.size(given)
                        + " bytes; a table may have " + most + ". Is it one?");
            }
            byte[] content = Files.readAllBytes(given);
            for (int i = 0; i < Math.min(content.length, 1024); i++) {
                boolean isUtf16 = content.length > 1 && (content[0] & 0xff) + (content[1] & 0xff) == 0x1fd;
                if (content[i] == 0 && !isUtf16) {
                    throw new InvalidSourceException(given.getFileName()
                            + " is no folder, no ZIP archive and no table: it holds bytes that are no text. To import one"
                            + " image, put it into a folder of its class");
                }
            }
            return ImageTable.read(given.getFileName().toString(), content, FolderTree.of(folder), true, options);
        } catch (IOException e) {
            throw new InvalidSourceException(given + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ImageCollection withPatients(ImageCollection found, SourceOptions options) {
        PatientPattern patients = options.patients();
        if (patients == null) {
            return found;
        }
        List<ImageEntry> entries = new ArrayList<>();
        for (ImageEntry entry : found.entries()) {
            entries.add(
                    entry.patient() != null
                            ? entry
                            : patients.patient(entry.path())
                                    .map(entry::withPatient)
                                    .orElse(entry));
        }
        return new ImageCollection(
                found.kind(), found.isByTable(), found.files(), entries, found.refused(), found.notes());
    }

    /** What lies below a folder of an archive. */
    private record Below(FileTree files, String prefix) implements FileTree {
        @Override
        public String name() {
            return files.name();
        }

        @Override
        public List<String> paths() {
            return files.paths().stream()
                    .filter(path -> path.startsWith(prefix))
                    .map(path -> path.substring(prefix.length()))
                    .toList();
        }

        @Override
        public byte[] read(String path, long limit) throws IOException {
            return files.read(prefix + path, limit);
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
