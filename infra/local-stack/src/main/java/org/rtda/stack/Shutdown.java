package org.rtda.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends the process in order when it is told to stop, also in the middle of its start. */
final class Shutdown {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final DataFolder data;
    private final boolean deleteData;
    private final Optional<Path> readyFile;

    private Shutdown(DataFolder data, boolean deleteData, Optional<Path> readyFile) {
        this.data = data;
        this.deleteData = deleteData;
        this.readyFile = readyFile;
    }

    static Shutdown onExit(DataFolder data, boolean deleteData, Optional<Path> readyFile) {
        Shutdown shutdown = new Shutdown(data, deleteData, readyFile);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
        return shutdown;
    }

    synchronized <T extends AutoCloseable> T stopFirst(T part) {
        parts.addFirst(part);
        return part;
    }

    synchronized <T extends AutoCloseable> T stopLast(T part) {
        parts.addLast(part);
        return part;
    }

    private void run() {
        haltWhenItHangs();
        synchronized (this) {
            parts.forEach(Shutdown::close);
        }
        try {
            if (readyFile.isPresent()) {
                Files.deleteIfExists(readyFile.get());
            }
            if (deleteData) {
                data.delete();
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("local-stack: " + e.getMessage());
        }
        close(data);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("local-stack: " + part.getClass().getSimpleName() + " did not stop cleanly: " + e);
        }
    }

    private static void haltWhenItHangs() {
        Thread watch = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(LIMIT.toSeconds());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                    System.err.println("local-stack: did not stop within " + LIMIT.toSeconds() + " s, ends at once");
                    Runtime.getRuntime().halt(1);
                },
                "shutdown-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
