package org.rtda.cli.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rtda.cli.terminal.StopOnInterrupt;
import org.rtda.contracts.dataset.PreparedImages;

/**
 * A data set ready to be sent.
 *
 * @param npz train, val and test
 * @param shifts external test sets by label
 * @param prepared what is known of the images
 * @param classes by label; empty where nobody named them
 * @param counts images by split, for people
 * @param report what somebody should know of it
 * @param folder of the files that were made for it; null where none were. It is removed when this is closed
 */
public record PreparedDataset(
        Path npz,
        Map<String, Path> shifts,
        PreparedImages prepared,
        List<String> classes,
        Map<String, String> counts,
        ImportReport report,
        Path folder)
        implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 100;

    @Override
    public void close() {
        if (folder != null) {
            remove(folder);
        }
    }

    /** For the images' pixels while they are prepared; it is removed at an interrupt, too. */
    static Path temporaryFolder() throws IOException {
        Path folder = Files.createTempDirectory("rtda-import");
        StopOnInterrupt.of(() -> {
            try {
                remove(folder);
            } catch (UncheckedIOException e) {
                // the process ends; the operating system removes what is left of temporary files
                return;
            }
        });
        return folder;
    }

    /**
     * Removes a folder, also while another thread still writes to it or removes it, too.
     *
     * @throws UncheckedIOException when it cannot be removed
     */
    static void remove(Path folder) {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                removeOnce(folder);
            } catch (UncheckedIOException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void removeOnce(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed", e);
        }
    }
}
