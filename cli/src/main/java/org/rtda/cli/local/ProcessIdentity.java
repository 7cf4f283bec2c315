package org.rtda.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from a later one that got the same number: the boot it belongs to and the tick it started at. (The start
 * time that Java shows is computed from the clock and shifts when the clock is set.)
 */
final class ProcessIdentity {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    private ProcessIdentity() {}

    /** Empty when no such process runs; one that has ended and is not yet reaped does not run. */
    static Optional<String> of(long pid) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(start -> "started " + start);
        }
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            // the second field is the program's name in brackets, which may hold anything
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
            return fields[STATE].equals("Z") || fields[STATE].equals("X")
                    ? Optional.empty()
                    : Optional.of(boot + " " + fields[START_TIME]);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // the process ended while its file was read
            return Optional.empty();
        }
    }
}
