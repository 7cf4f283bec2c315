package org.rtda.gateway.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * A file of lines. When it has grown to its size it is called {@code NAME.1}, and a new one is begun; older files move on to {@code NAME.2}
 * and so forth. For one thread at a time.
 */
final class AuditFile {
    private final Path file;
    private final long bytes;
    private final int files;

    /**
     * @param bytes that a file may have before the next line goes to a new one
     * @param files that are kept, this one included
     */
    AuditFile(Path file, long bytes, int files) {
        this.file = file.toAbsolutePath();
        this.bytes = bytes;
        this.files = files;
    }

    /**
     * Makes it where it is not there, so that whoever asks for it learns at the start that it cannot be written.
     *
     * @throws InvalidFieldException naming the setting
     */
    void open() {
        try {
            append(new byte[0]);
        } catch (IOException e) {
            throw new InvalidFieldException(
                    "rtda.audit.file",
                    file,
                    "a file that the gateway may write, in a container on a volume ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
        }
    }

    /** @throws IOException when it cannot be written; what was written before stays */
    void append(String line) throws IOException {
        append((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void append(byte[] text) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file) && Files.size(file) + text.length > bytes) {
            moveOn();
        }
        Files.write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void moveOn() throws IOException {
        Files.deleteIfExists(numbered(files - 1));
        for (int number = files - 2; number >= 0; number--) {
            if (Files.exists(numbered(number))) {
                Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** 0 is the one that is written. */
    private Path numbered(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
