package org.rtda.gateway.database;

import java.io.File;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.rtda.gateway.problem.ProblemException;

/**
 * Checks the free space on the disk of a database file. H2 confirms a commit before it writes it, and may hang for ever after a
 * write has failed because the disk is full. So writing stops while there is still some space; reading continues.
 */
final class DiskRoom {
    /** More than twice what the largest batch of records takes. */
    static final long LEAST_FREE_BYTES = 128L << 20;

    private final LongSupplier freeBytes;

    /** @param freeBytes that this process may still use */
    DiskRoom(LongSupplier freeBytes) {
        this.freeBytes = freeBytes;
    }

    /** Without bound where the database is no file: a server says by itself that it is full, and goes on. */
    static DiskRoom of(DatabaseSettings settings) {
        return settings.file()
                .map(file -> new DiskRoom(() -> nearestFolder(file).getUsableSpace()))
                .orElseGet(DiskRoom::unbounded);
    }

    static DiskRoom unbounded() {
        return new DiskRoom(() -> Long.MAX_VALUE);
    }

    /** H2 makes the folders that are missing. */
    private static File nearestFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (!folder.toFile().isDirectory() && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder.toFile();
    }

    /** Whether there is room for a transaction. */
    boolean isLeft() {
        return freeBytes.getAsLong() >= LEAST_FREE_BYTES;
    }

    /**
     * @param database as messages name it
     * @throws ProblemException 503 when there is too little room for a transaction
     */
    void require(Object database) {
        long free = freeBytes.getAsLong();
        if (free < LEAST_FREE_BYTES) {
            throw ProblemException.unavailable(
                    "the database " + database + " is full: its disk has " + (free >> 20)
                            + " MiB left, and nothing is written with less than " + (LEAST_FREE_BYTES >> 20)
                            + " MiB; give its disk room, the gateway goes on by itself",
                    null);
        }
    }
}
