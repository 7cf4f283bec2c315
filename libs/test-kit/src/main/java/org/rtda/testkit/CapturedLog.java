package org.rtda.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is logged during a test. As a field with {@code @RegisterExtension} it listens during each test of its class; otherwise between
 * {@link #begin} and {@link #end}.
 */
public final class CapturedLog extends Handler implements BeforeEachCallback, AfterEachCallback {
    /** Held, because the log manager alone would let it go. */
    private final Logger logger;

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    /** What the class logs. */
    public static CapturedLog of(Class<?> type) {
        return new CapturedLog(Logger.getLogger(type.getName()));
    }

    /** What everybody logs. */
    public static CapturedLog ofAll() {
        return new CapturedLog(Logger.getLogger(""));
    }

    /** The messages so far, in the order in which they were logged. */
    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    /** The same with parameters and exceptions, which some log managers keep beside the message. */
    public List<String> details() {
        return records.stream()
                .map(entry ->
                        entry.getMessage() + " " + Arrays.toString(entry.getParameters()) + " " + entry.getThrown())
                .toList();
    }

    /** Forgets what was logged before. */
    public void begin() {
        records.clear();
        logger.addHandler(this);
    }

    public void end() {
        logger.removeHandler(this);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        end();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
