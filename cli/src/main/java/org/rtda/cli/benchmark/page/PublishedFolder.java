package org.rtda.cli.benchmark.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.page.PublishedResults.PublishedCell;
import org.rtda.cli.benchmark.result.CellResult;
import org.rtda.cli.benchmark.result.FinishedRuns;
import org.rtda.cli.benchmark.result.FullResult;
import org.rtda.cli.benchmark.result.PublishedRun;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.RunFiles;
import org.rtda.cli.benchmark.result.TransferResult;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.InvalidMessageException;

/**
 * The committed files of a comparison: {@code published.json} says which cells there are, the files of the runs have the
 * results of those that are done.
 */
final class PublishedFolder implements FinishedRuns {
    private static final String DONE = CellState.Standing.DONE.name();
    private static final String WAITING = "WAITING";

    private final Path folder;
    private final PublishedResults published;
    private final Map<String, PublishedRun> runs = new LinkedHashMap<>();
    private final Map<String, CellState> states = new LinkedHashMap<>();
    private final List<ResultsDocument.CellRow> cells = new ArrayList<>();

    private PublishedFolder(Path folder) {
        this.folder = folder;
        this.published = results(folder.resolve(PublishedResults.FILE));
        RunFiles.read(folder).forEach(run -> runs.put(run.run(), run));
        for (PublishedCell each : published.cells()) {
            PublishedRun run = runs.get(each.id());
            if ((run != null) != each.standing().equals(DONE)) {
                throw new CommandFailure(
                        folder + ": " + PublishedResults.FILE + " and the files of the runs disagree on " + each.id()
                                + ": publish it again from the benchmark's own folder");
            }
            Cell cell = run == null ? unfinished(each) : run.cell();
            if (!each.standing().equals(WAITING)) {
                states.put(each.id(), run == null ? state(each, cell) : run.state());
            }
            cells.add(ResultsDocument.CellRow.of(cell, states.get(each.id()), List.of()));
        }
    }

    /** Whether the folder has the files that {@link #read} needs. */
    static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(PublishedResults.FILE)) && RunFiles.areIn(folder);
    }

    /** @throws CommandFailure when a file cannot be read, or the files do not fit together */
    static PublishedFolder read(Path folder) {
        return new PublishedFolder(folder);
    }

    static PublishedResults results(Path file) {
        try {
            return EventCodec.read(Files.readAllBytes(file), PublishedResults.class);
        } catch (IOException | InvalidMessageException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** All cells of a data set have the same specification but for what tells them apart. */
    private Cell unfinished(PublishedCell cell) {
        ObjectNode spec = runs.values().stream()
                .filter(run -> run.cell().dataset().equals(cell.dataset()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(folder + " has no finished run of " + cell.dataset()))
                .specification()
                .deepCopy();
        spec.put("method", cell.method()).put("seed", cell.seed());
        if (cell.trainingEpsilon() != null) {
            ((ObjectNode) spec.get("attack")).put("epsilon", cell.trainingEpsilon());
        }
        return Cell.of(EventCodec.mapper().convertValue(spec, ExperimentSpec.class), null);
    }

    private static CellState state(PublishedCell cell, Cell of) {
        return CellState.builder()
                .spec(EventCodec.mapper().valueToTree(of.spec()))
                .standing(CellState.Standing.valueOf(cell.standing()))
                .experiment(cell.experiment())
                .attempt(1)
                .reason(cell.reason())
                .trainedBy(cell.trainedBy())
                .build();
    }

    @Override
    public Path path() {
        return folder;
    }

    @Override
    public Optional<CellState> state(Cell cell) {
        return Optional.ofNullable(states.get(cell.id()));
    }

    @Override
    public List<CellState> states() {
        return List.copyOf(states.values());
    }

    @Override
    public ResultsDocument results() {
        return new ResultsDocument(
                ResultsDocument.SCHEMA_VERSION,
                Instant.EPOCH,
                published.versions(),
                published.grid(),
                List.of(),
                List.of(),
                published.summaries(),
                published.pairedTests(),
                cells);
    }

    @Override
    public CellResult result(Cell cell) {
        return runs.get(cell.id()).result();
    }

    @Override
    public Optional<FullResult> full(Cell judged) {
        return runs.get(judged.id()).full();
    }

    @Override
    public Optional<TransferResult> transfer(double epsilon, Cell judged) {
        return Optional.ofNullable(runs.get(judged.id()).transfers().get(epsilon));
    }
}
