package org.rtda.cli.benchmark.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rtda.cli.benchmark.grid.AtomicFiles;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.InvalidMessageException;

/** The files of the finished runs in the folder of a published comparison: {@code runs/DATASET/STRENGTH/METHOD/seed-N.json}. */
public final class RunFiles {
    private static final String FOLDER = "runs";

    private RunFiles() {}

    /** Whether the folder has any. */
    public static boolean areIn(Path published) {
        return Files.isDirectory(published.resolve(FOLDER));
    }

    /**
     * In the order of their names; none where the folder has none.
     *
     * @throws CommandFailure when one cannot be read
     */
    public static List<PublishedRun> read(Path published) {
        if (!areIn(published)) {
            return List.of();
        }
        try (var files = Files.walk(published.resolve(FOLDER))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(RunFiles::readOne)
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(published.resolve(FOLDER) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PublishedRun readOne(Path file) {
        try {
            PublishedRun run = EventCodec.read(Files.readAllBytes(file), PublishedRun.class);
            if (run.schemaVersion() != PublishedRun.SCHEMA_VERSION) {
                throw new CommandFailure(file + " was written by another version of this program (format "
                        + run.schemaVersion() + ", this one reads " + PublishedRun.SCHEMA_VERSION + ")");
            }
            return run;
        } catch (IOException | InvalidMessageException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    public static void write(AtomicFiles published, PublishedRun run) {
        published.write(FOLDER + "/" + run.run() + ".json", ElementLines.text(run));
    }
}
