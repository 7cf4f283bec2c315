package org.rtda.gateway.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.rtda.contracts.AuditEntry;
import org.rtda.contracts.EventCodec;

/**
 * Writes each entry to the file and to the topic, in the order in which their requests ended, beside the requests. An entry that one of
 * them does not take stands in the log of this process, whole.
 */
final class AuditLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final int CLOSING_SECONDS = 20;

    private final Optional<AuditFile> file;
    private final AuditSender topic;
    private final ExecutorService thread;

    /** @param thread of one thread; it refuses entries when too many wait. Closed with this log */
    AuditLog(Optional<AuditFile> file, AuditSender topic, ExecutorService thread) {
        this.file = file;
        this.topic = topic;
        this.thread = thread;
    }

    /** Does not block. */
    void record(AuditEntry entry) {
        try {
            thread.execute(() -> write(entry));
        } catch (RejectedExecutionException e) {
            LOG.errorf("audit log: too many entries wait to be written, this one is here alone: %s", text(entry));
        }
    }

    private void write(AuditEntry entry) {
        String line = text(entry);
        if (file.isPresent()) {
            try {
                file.get().append(line);
            } catch (IOException e) {
                LOG.errorf("audit log: %s cannot be written (%s): %s", file.get(), e, line);
            }
        }
        try {
            topic.send(entry);
        } catch (RuntimeException e) {
            LOG.errorf("audit log: %s: %s", e.getMessage(), line);
        }
    }

    private static String text(AuditEntry entry) {
        return new String(EventCodec.write(entry), StandardCharsets.UTF_8);
    }

    /** Waits for what was recorded before. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("audit log: not all entries were written before the gateway ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
