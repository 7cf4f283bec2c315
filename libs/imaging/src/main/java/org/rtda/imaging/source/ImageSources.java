package org.rtda.imaging.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens what somebody has: a folder, a table, or a ZIP archive of either. */
public final class ImageSources {
    /** Of a table, in bytes. */
    static final int LARGEST_TABLE = 256 << 20;

    private static final int ZIP_MAGIC = 0x504b0304;
    private static final int EMPTY_ZIP_MAGIC = 0x504b0506;

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

    /** Whether an archive is NumPy's: it holds arrays and nothing else. */
    public static boolean isNpz(Path file) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
            return true;
        }
        if (!Files.isRegularFile(file) || !isZip(file)) {
            return false;
        }
        List<ZipDirectory.Entry> entries =
                ZipDirectory.read(file, ZipLimits.DEFAULT).entries();
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.path().endsWith(".npy"));
    }

    /**
     * @param given a folder, a table (CSV) or a ZIP archive
     * @param root folder that a table's files lie in; null for the table's own
     * @param patients where patients are found in paths; null for nowhere. A table's own column goes before it
     * @throws InvalidSourceException when it is none of these or holds no image; the message says what to do
     */
    public static ImageCollection open(Path given, Path root, TableOptions options, PatientPattern patients) {
        ImageCollection found = Files.isDirectory(given)
                ? FolderLayout.of(FolderTree.of(given))
                : isZip(given) ? archive(given, options) : table(given, root, options);
        return patients == null ? found : withPatients(found, patients);
    }

    private static ImageCollection archive(Path given, TableOptions options) {
        FileTree files = ZipTree.open(given, ZipLimits.DEFAULT);
        try {
            Optional<String> table = onlyTable(files);
            ImageCollection found =
                    table.isPresent() ? tableInside(files, table.get(), options) : FolderLayout.of(files);
            return found.withKind("zip");
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

    private static ImageCollection tableInside(FileTree files, String table, TableOptions options) {
        try {
            return ImageTable.read(
                    files.name() + ": " + table,
                    files.read(table, LARGEST_TABLE),
                    new Below(files, table.substring(0, table.lastIndexOf('/') + 1)),
                    options);
        } catch (IOException e) {
            throw new InvalidSourceException(files.name() + ": " + table + " " + e.getMessage(), e);
        }
    }

    private static ImageCollection table(Path given, Path root, TableOptions options) {
        Path folder = root != null ? root : given.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new InvalidSourceException(folder + " is no folder; the table's files must lie in one");
        }
        try {
            if (Files.size(given) > LARGEST_TABLE) {
                throw new InvalidSourceException(given.getFileName() + " has " + Files.size(given)
                        + " bytes; a table may have " + LARGEST_TABLE + ". Is it one?");
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
            return ImageTable.read(given.getFileName().toString(), content, FolderTree.of(folder), options);
        } catch (IOException e) {
            throw new InvalidSourceException(given + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ImageCollection withPatients(ImageCollection found, PatientPattern patients) {
        List<ImageEntry> entries = new ArrayList<>();
        for (ImageEntry entry : found.entries()) {
            entries.add(
                    entry.patient() != null
                            ? entry
                            : patients.patient(entry.path())
                                    .map(entry::withPatient)
                                    .orElse(entry));
        }
        return new ImageCollection(found.kind(), found.files(), entries, found.refused(), found.notes());
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
