package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.rtda.cli.benchmark.grid.AtomicFiles;
import org.rtda.cli.benchmark.grid.BenchmarkState;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.InvalidMessageException;

/**
 * Where a benchmark keeps what it knows:
 *
 * <pre>
 * state.json                              each cell's experiment and standing
 * cells/DATASET/STRENGTH/METHOD/seed-N.json   what a finished cell left
 * transfer/DATASET/STRENGTH/METHOD/seed-N.json   what its model did on images made against the others
 * full/DATASET/STRENGTH/METHOD/seed-N.json    what the full suite found of its model
 * results.json, report.html               written anew after every cell
 * published.json, results.md, *.svg       the same, small enough to be committed; {@code rtda publish} adds the runs
 * lock                                    held by the command that runs
 * </pre>
 *
 * Files are replaced whole, so that a command that is killed leaves the old or the new one.
 */
public final class BenchmarkFolder implements FinishedRuns, AutoCloseable {
    private static final ObjectWriter JSON = EventCodec.mapper()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private final Path folder;
    private final FileChannel lock;
    private final BenchmarkState state;

    private BenchmarkFolder(Path folder, FileChannel lock, BenchmarkState state) {
        this.folder = folder;
        this.lock = lock;
        this.state = state;
    }

    /**
     * Makes the folder if it is not there.
     *
     * @throws CommandFailure when another command works in it, or its state file cannot be read
     */
    public static BenchmarkFolder open(Path folder) {
        FileChannel lock = null;
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new CommandFailure("another rtda benchmark works in " + folder);
            }
            BenchmarkFolder open = new BenchmarkFolder(folder, lock, readState(folder.resolve("state.json")));
            if (open.completeBuilds()) {
                open.write("state.json", open.state);
            }
            return open;
        } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
            close(lock);
            throw new CommandFailure("the folder " + folder + " cannot be used: " + e.getMessage(), e);
        } catch (CommandFailure e) {
            close(lock);
            throw e;
        }
    }

    /**
     * To read only, also while a command works in it: files are replaced whole.
     *
     * @throws CommandFailure when it is no benchmark's folder, or its state file cannot be read
     */
    public static BenchmarkFolder read(Path folder) {
        Path state = folder.resolve("state.json");
        if (!Files.exists(state)) {
            throw new CommandFailure(folder + " is no folder of rtda benchmark: there is no state.json in it");
        }
        try {
            BenchmarkFolder read = new BenchmarkFolder(folder, null, readState(state));
            read.completeBuilds();
            return read;
        } catch (IOException e) {
            throw new CommandFailure(state + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void close(FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new CommandFailure("the lock could not be released: " + e.getMessage(), e);
        }
    }

    private static BenchmarkState readState(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new BenchmarkState(
                    BenchmarkState.SCHEMA_VERSION, UUID.randomUUID().toString(), null);
        }
        try {
            BenchmarkState state = EventCodec.read(Files.readAllBytes(file), BenchmarkState.class);
            if (state.schemaVersion() != BenchmarkState.SCHEMA_VERSION) {
                throw new CommandFailure(file + " was written by another version of this program (format "
                        + state.schemaVersion() + ", this one reads " + BenchmarkState.SCHEMA_VERSION
                        + "); choose another --out");
            }
            return state;
        } catch (InvalidMessageException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Cells of earlier builds do not say which build had them trained: it was that of the last call here, which results.json
     * names until the next call.
     *
     * @return whether any was completed
     */
    private boolean completeBuilds() throws IOException {
        Path results = folder.resolve("results.json");
        if (!Files.exists(results) || state.cells().values().stream().allMatch(cell -> cell.trainedBy() != null)) {
            return false;
        }
        JsonNode versions = EventCodec.mapper().readTree(results.toFile()).path("versions");
        Map<String, String> build = new TreeMap<>();
        versions.properties()
                .forEach(each -> build.put(each.getKey(), each.getValue().asText()));
        state.cells()
                .replaceAll((id, cell) -> cell.trainedBy() != null || cell.isTakenOver()
                        ? cell
                        : cell.toBuilder().trainedBy(build).build());
        return true;
    }

    @Override
    public Path path() {
        return folder;
    }

    public String benchmarkId() {
        return state.id();
    }

    @Override
    public Optional<CellState> state(Cell cell) {
        return Optional.ofNullable(state.cells().get(cell.id()));
    }

    /** Every cell that was ever submitted from this folder, or taken over. */
    @Override
    public List<CellState> states() {
        return List.copyOf(state.cells().values());
    }

    /** What {@code results.json} says: of the last call in this folder. */
    @Override
    public ResultsDocument results() {
        return read(folder.resolve("results.json"), ResultsDocument.class);
    }

    public void set(Cell cell, CellState standing) {
        state.cells().put(cell.id(), standing);
        write("state.json", state);
    }

    public void keep(Cell cell, CellResult result) {
        write(resultFile(cell), result);
    }

    /** Of a cell that is done. */
    @Override
    public CellResult result(Cell cell) {
        return read(folder.resolve(resultFile(cell)), CellResult.class);
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return EventCodec.read(Files.readAllBytes(file), type);
        } catch (IOException | InvalidMessageException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    public void keep(double epsilon, Cell judged, TransferResult result) {
        write(transferFile(epsilon, judged), result);
    }

    /** Empty where it was not asked for, or has not ended. */
    @Override
    public Optional<TransferResult> transfer(double epsilon, Cell judged) {
        Path file = folder.resolve(transferFile(epsilon, judged));
        return Files.exists(file) ? Optional.of(read(file, TransferResult.class)) : Optional.empty();
    }

    public void keep(Cell judged, FullResult result) {
        write(fullFile(judged), result);
    }

    /** Empty where it was not asked for, or has not ended. */
    @Override
    public Optional<FullResult> full(Cell judged) {
        Path file = folder.resolve(fullFile(judged));
        return Files.exists(file) ? Optional.of(read(file, FullResult.class)) : Optional.empty();
    }

    private static String fullFile(Cell judged) {
        return "full/" + judged.id() + ".json";
    }

    private static String transferFile(double epsilon, Cell judged) {
        return "transfer/" + TransferCell.id(epsilon, judged) + ".json";
    }

    private static String resultFile(Cell cell) {
        return "cells/" + cell.id() + ".json";
    }

    public void write(String name, Object document) {
        try {
            write(name, JSON.writeValueAsString(document) + "\n");
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + name + " as JSON", e);
        }
    }

    public void write(String name, String text) {
        files().write(name, text);
    }

    public AtomicFiles files() {
        if (lock == null) {
            throw new IllegalStateException(folder + " is open for reading");
        }
        return new AtomicFiles(folder);
    }

    @Override
    public void close() {
        close(lock);
    }
}
