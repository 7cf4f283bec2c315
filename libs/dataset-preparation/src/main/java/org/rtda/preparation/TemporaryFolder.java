package org.rtda.preparation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for the files of one preparation, which may be removed by two threads, and while another one writes to it.
 *
 * @param path of the folder, which only its owner can read
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
    private static final String PREFIX = "rtda-import";
    private static final int MOST_ATTEMPTS = 100;

    /** A new one where the system keeps temporary files. */
    public static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(PREFIX));
    }

    /** A new one in a folder that exists. */
    public static TemporaryFolder in(Path parent) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(parent, PREFIX));
    }

    /**
     * Removes the folder and all in it; one that is gone already is no error.
     *
     * @throws UncheckedIOException when it cannot be removed
     */
    @Override
    public void close() {
        for (int attempt = 1; Files.exists(path); attempt++) {
            try {
                removeOnce();
            } catch (UncheckedIOException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void removeOnce() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be removed", e);
        }
    }
}
