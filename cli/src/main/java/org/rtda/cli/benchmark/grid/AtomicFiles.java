package org.rtda.cli.benchmark.grid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rtda.cli.terminal.CommandFailure;

/** Files of a folder that are replaced whole, so that a command that is killed leaves the old or the new one. */
public record AtomicFiles(Path folder) {
    /**
     * Makes the folders that are not there.
     *
     * @param name of the file within the folder
     */
    public void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
