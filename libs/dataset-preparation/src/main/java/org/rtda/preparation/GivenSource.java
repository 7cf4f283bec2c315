package org.rtda.preparation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rtda.imaging.source.ImageCollection;
import org.rtda.imaging.source.ImageSources;
import org.rtda.imaging.source.SourceOptions;
import org.rtda.store.npz.NpzSource;

/** What somebody gives to be imported: a path on the same machine, or an upload that is called otherwise than it lies. */
public final class GivenSource {
    private final Path path;
    private final String name;
    private final boolean isUpload;

    private GivenSource(Path path, String name, boolean isUpload) {
        this.path = path;
        this.name = name;
        this.isUpload = isUpload;
    }

    /** A folder, a table, an archive or an NPZ file. */
    public static GivenSource at(Path path) {
        return new GivenSource(path, path.toString(), false);
    }

    /**
     * An archive or an NPZ file that was sent. An archive's file is deleted when it is opened.
     *
     * @param name by which its owner knows it, without folders
     */
    public static GivenSource upload(Path path, String name) {
        return new GivenSource(path, name, true);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /**
     * Whether it holds NumPy arrays and nothing else.
     *
     * @throws org.rtda.imaging.source.InvalidSourceException when it is an archive that cannot be read or may do harm
     */
    boolean isNpz() {
        if (!isUpload) {
            return !Files.isDirectory(path) && ImageSources.isNpz(path);
        }
        return name.toLowerCase(Locale.ROOT).endsWith(".npz") || ImageSources.beginsWithArray(path);
    }

    /** As a file of arrays. */
    NpzSource npz() {
        return isUpload ? new NpzSource(path, name) : NpzSource.of(path);
    }

    /** An upload's file is deleted once it is open: a process that is killed leaves nobody's pictures behind. */
    ImageCollection open(SourceOptions options) throws IOException {
        if (!isUpload) {
            return ImageSources.open(path, options);
        }
        ImageCollection opened = ImageSources.openArchive(path, name, options);
        try {
            Files.deleteIfExists(path);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }
}
