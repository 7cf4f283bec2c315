package org.rtda.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.rtda.benchmarks.PackagedService;

/**
 * Prints what the services said last when a test fails: their logs are gone when the test class has ended, and why a run did not come to
 * its end stands there.
 */
public final class LogsOfFailures implements TestWatcher {
    private static final int LAST_LINES = 25;

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        for (Path log : PackagedService.openLogs()) {
            System.err.println(test.getDisplayName() + " failed; the last lines of " + log.getFileName() + ":");
            lastLines(log).forEach(line -> System.err.println("  " + line));
        }
    }

    private static List<String> lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of("cannot be read: " + e.getMessage());
        }
    }
}
