package org.rtda.gateway.dataset;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.imaging.source.ImageSources;
import org.rtda.preparation.GivenSource;
import org.rtda.store.npz.NpzSource;

/**
 * Archives of images that somebody has sent.
 *
 * @param main the data set
 * @param shifts external test sets by label, archives or NPZ files
 * @param sizeBytes of all of them
 * @param folder in which they lie, and what is made of them until it is imported
 */
public record ArchiveUpload(GivenSource main, Map<String, GivenSource> shifts, long sizeBytes, Path folder) {
    /** @param sizeBytes of all files */
    public static ArchiveUpload of(NpzSource main, Map<String, NpzSource> shifts, long sizeBytes) {
        Map<String, GivenSource> external = new TreeMap<>();
        shifts.forEach((label, file) -> external.put(label, GivenSource.upload(file.path(), file.name())));
        return new ArchiveUpload(
                GivenSource.upload(main.path(), main.name()),
                external,
                sizeBytes,
                main.path().toAbsolutePath().getParent());
    }

    /**
     * Whether a file is an archive of something else than arrays.
     *
     * @param name by which its owner knows it
     */
    public static boolean isArchive(Path file, String name) {
        return !name.toLowerCase(Locale.ROOT).endsWith(".npz")
                && ImageSources.isZip(file)
                && !ImageSources.beginsWithArray(file);
    }
}
