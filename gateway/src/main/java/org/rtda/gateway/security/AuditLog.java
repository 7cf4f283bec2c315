package org.rtda.gateway.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.AuditEntry;
import org.rtda.contracts.EventCodec;

/**
 * Writes each entry to the file and to the topic, in the order in which their requests ended, beside the requests. Neither waits for the
 * other. An entry that one of them does not take stands in the log of this process, whole.
 */
final class AuditLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final Optional<AuditFile> file;
    private final AuditSender topic;
    private final ExecutorService toFile;
    private final ExecutorService toTopic;
    private final Duration topicPatience;

    /** @param threads gives executors of one thread each, which refuse entries when too many wait. Closed with this log */
    AuditLog(Optional<AuditFile> file, AuditSender topic, Supplier<ExecutorService> threads) {
        this(file, topic, threads, PATIENCE);
    }

    /** @param topicPatience how long closing waits for the entries that the topic has not taken, before they go to the log of this process */
    AuditLog(Optional<AuditFile> file, AuditSender topic, Supplier<ExecutorService> threads, Duration topicPatience) {
        this.file = file;
        this.topic = topic;
        this.toFile = threads.get();
        this.toTopic = threads.get();
        this.topicPatience = topicPatience;
    }

    /** An entry on its way, which can still be told when it gets no further. */
    private record Entry(String text, Runnable writing) implements Runnable {
        @Override
        public void run() {
            try {
                writing.run();
            } catch (RuntimeException e) {
                LOG.errorf("audit log: %s: %s", e.getMessage(), text);
            }
        }
    }

    /** Does not block. */
    void record(AuditEntry entry) {
        String text = new String(EventCodec.write(entry), StandardCharsets.UTF_8);
        file.ifPresent(lines -> begin(toFile, new Entry(text, () -> append(lines, text))));
        begin(toTopic, new Entry(text, () -> topic.send(entry)));
    }

    private static void append(AuditFile lines, String text) {
        try {
            lines.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(lines + " cannot be written (" + e + ")", e);
        }
    }

    private static void begin(ExecutorService thread, Entry entry) {
        try {
            thread.execute(entry);
        } catch (RejectedExecutionException e) {
            LOG.errorf("audit log: too many entries wait to be written: %s", entry.text);
        }
    }

    /** Waits for what was recorded before; what is not written then stands in the log of this process. */
    @Override
    public void close() {
        close(toFile, PATIENCE);
        close(toTopic, topicPatience);
    }

    private static void close(ExecutorService thread, Duration patience) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                for (Runnable waiting : thread.shutdownNow()) {
                    LOG.errorf("audit log: not written before the gateway ended: %s", ((Entry) waiting).text);
                }
                // the one under way is interrupted, and says so itself
                thread.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
