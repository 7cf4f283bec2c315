package org.rtda.cli.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.rtda.cli.terminal.CommandFailure;

/** The end of a log. */
public final class LogTail {
    private static final int LONGEST_READ = 1 << 18;
    private static final Pattern ERROR =
            Pattern.compile("\\b(ERROR|FATAL|\\w*Exception|\\w*Error|Caused by)\\b|^local-stack: ");

    private final Path log;

    public LogTail(Path log) {
        this.log = log;
    }

    /** The last lines, oldest first; none when there is no log. */
    public List<String> lines(int count) {
        if (!Files.exists(log)) {
            return List.of();
        }
        List<String> lines = text().lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** The last lines that tell of an error; without any, simply the last lines. */
    public List<String> errors(int count) {
        List<String> errors = lines(2000).stream()
                .filter(line -> ERROR.matcher(line).find() && !line.startsWith("\tat "))
                .toList();
        return errors.isEmpty() ? lines(count) : errors.subList(Math.max(0, errors.size() - count), errors.size());
    }

    private String text() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LONGEST_READ);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (IOException e) {
            throw new CommandFailure("the log " + log + " cannot be read: " + e.getMessage(), e);
        }
    }
}
