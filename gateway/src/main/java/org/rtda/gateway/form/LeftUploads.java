package org.rtda.gateway.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** Uploaded files of a gateway that was killed: whoever receives one removes it at the end of its request, and nobody else does. */
public final class LeftUploads {
    private LeftUploads() {}

    /**
     * Removes files that lie directly in the folder.
     *
     * @param folder of uploads; there are none where it is not there
     * @param before files that were written later may be another gateway's, which uses the folder too
     * @return how many were removed
     */
    public static int remove(Path folder, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToInt(file -> removed(file, before) ? 1 : 0).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean removed(Path file, Instant before) {
        try {
            return Files.isRegularFile(file)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(before)
                    && Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
