package org.rtda.gateway.form;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Removes uploaded files that a killed gateway has left: usually a file is removed at the end of its request. */
@ApplicationScoped
class LeftUploads {
    private static final Logger LOG = Logger.getLogger(LeftUploads.class);

    /** An upload of the largest size at the slowest speed takes 18 hours. */
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(24);

    void remove(
            @Observes StartupEvent started, @ConfigProperty(name = "quarkus.http.body.uploads-directory") Path folder) {
        try {
            int removed = remove(folder, Instant.now().minus(LONGEST_UPLOAD));
            if (removed > 0) {
                LOG.infof("%d uploaded files of a gateway that was killed were removed", removed);
            }
        } catch (IOException e) {
            LOG.warnf(
                    "uploaded files that a killed gateway left may be in %s, and may hold patients' images; remove them: %s",
                    folder, e.getMessage());
        }
    }

    /**
     * Removes files that lie directly in the folder.
     *
     * @param folder of uploads; there are none where it is not there
     * @param before files that were written later may be another gateway's, which uses the folder too
     * @return how many were removed
     */
    static int remove(Path folder, Instant before) throws IOException {
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
