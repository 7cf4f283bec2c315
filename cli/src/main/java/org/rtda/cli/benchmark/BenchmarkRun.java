package org.rtda.cli.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.grid.CellState.Standing;
import org.rtda.cli.benchmark.grid.Fingerprint;
import org.rtda.cli.benchmark.page.BenchmarkReport;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.benchmark.result.CellResult;
import org.rtda.cli.benchmark.result.CellResults;
import org.rtda.cli.benchmark.result.FullCell;
import org.rtda.cli.benchmark.result.FurtherEvaluation;
import org.rtda.cli.benchmark.result.TransferCell;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.GatewayRefusal;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Durations;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.result.ResultRow;

/**
 * Trains and evaluates every cell of a grid, a few at a time. It writes each result to the folder before it continues, so it can
 * be killed at any time and run again.
 */
public final class BenchmarkRun {
    private static final int SHOWN_CONFLICTS = 3;

    /** Who hears how it gets on. */
    public interface Watcher {
        /** A line that stays. */
        void tell(String line);

        /** @param share of all cells that has ended, 0 to 1 */
        void show(String phase, double share, String figures);
    }

    /** Waits a little before the gateway is asked again. */
    public interface Pause {
        void pause() throws InterruptedException;
    }

    /** @param failures a line for each cell that has no result */
    public record Outcome(int done, List<String> failures) {}

    private final BenchmarkGrid grid;
    private final BenchmarkFolder folder;
    private final BenchmarkReport report;
    private final RetryingGateway retrying;
    private final int maxRunning;
    private final Watcher watcher;
    private final Clock clock;
    private final Pause pause;
    private final Map<String, Instant> begun = new HashMap<>();
    private GatewayClient gateway;

    /**
     * @param connect gives a new connection after the gateway was away: it may have another address then
     * @param maxRunning cells submitted and not ended at the same time, at least 1
     */
    public BenchmarkRun(
            BenchmarkGrid grid,
            BenchmarkFolder folder,
            BenchmarkReport report,
            Supplier<GatewayClient> connect,
            int maxRunning,
            Watcher watcher,
            Clock clock,
            Pause pause) {
        this.grid = grid;
        this.folder = folder;
        this.report = report;
        this.retrying = new RetryingGateway(connect, watcher, clock);
        this.maxRunning = maxRunning;
        this.watcher = watcher;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * @param retryFailed submit cells again that failed in an earlier call
     * @throws CommandFailure before anything is submitted, when the folder holds cells of another specification; later, when
     *     the gateway stays away
     */
    public Outcome run(boolean retryFailed) throws InterruptedException {
        requireSameSpecifications();
        Set<String> retried = retryFailed
                ? cells(Standing.FAILED).stream().map(Cell::id).collect(Collectors.toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>();
        watcher.tell(grid.size() + " cells: " + cells(Standing.DONE).size() + " done, "
                + cells(Standing.SUBMITTED).size() + " under way, "
                + (cells(Standing.FAILED).size() - retried.size()) + " failed before"
                + (retried.isEmpty() ? "" : ", " + retried.size() + " that failed are tried again"));
        report.write(grid, folder);
        while (!isEnded(retried)) {
            boolean moved = retrying.attempt(client -> {
                gateway = client;
                return lookAfterThoseUnderWay() | submitNext(retried);
            });
            if (!moved && !isEnded(retried)) {
                pause.pause();
            }
        }
        report.write(grid, folder);
        List<String> failures = cells(Standing.FAILED).stream()
                .map(cell -> cell.id() + ": " + folder.state(cell).orElseThrow().reason())
                .toList();
        return new Outcome(cells(Standing.DONE).size(), failures);
    }

    /**
     * After {@link #run}: has every model judged on images made against the others of its data set, strength and seed.
     *
     * @throws CommandFailure when the gateway stays away or refuses an evaluation
     */
    public void transfer() throws InterruptedException {
        furtherRun("transfer", TransferCell.wanted(grid, folder));
    }

    /**
     * After {@link #run}: has every model judged by the full suite.
     *
     * @throws CommandFailure when the gateway stays away or refuses an evaluation
     */
    public void full() throws InterruptedException {
        furtherRun("full", FullCell.wanted(grid, folder));
    }

    private void furtherRun(String kind, List<FurtherEvaluation> wanted) throws InterruptedException {
        new FurtherRun(kind, wanted, folder, retrying, maxRunning, watcher, pause).run();
        report.write(grid, folder);
    }

    private void requireSameSpecifications() {
        List<String> conflicts = new ArrayList<>();
        for (Cell cell : grid.cells()) {
            folder.state(cell)
                    .filter(there -> !there.fingerprint().equals(cell.fingerprint()))
                    .ifPresent(there -> conflicts.add(cell.id() + " (" + SpecDifference.of(there.spec(), cell) + ")"));
        }
        if (!conflicts.isEmpty()) {
            throw new CommandFailure(folder.path() + " holds " + conflicts.size() + " of these "
                    + grid.size() + " cells with another specification: "
                    + String.join("; ", conflicts.subList(0, Math.min(SHOWN_CONFLICTS, conflicts.size())))
                    + (conflicts.size() > SHOWN_CONFLICTS ? " and others" : "")
                    + ". Give the arguments with which it was begun, or another --out");
        }
    }

    private List<Cell> cells(Standing standing) {
        return grid.cells().stream()
                .filter(cell -> folder.state(cell)
                        .filter(state -> state.standing() == standing)
                        .isPresent())
                .toList();
    }

    private boolean isEnded(Set<String> retried) {
        return retried.isEmpty()
                && cells(Standing.DONE).size() + cells(Standing.FAILED).size() == grid.size();
    }

    private boolean submitNext(Set<String> retried) {
        boolean moved = false;
        int underWay = cells(Standing.SUBMITTED).size();
        for (Cell cell : grid.cells()) {
            if (underWay >= maxRunning) {
                break;
            }
            CellState before = folder.state(cell).orElse(null);
            if (before == null || retried.contains(cell.id())) {
                submit(cell, before == null ? 1 : before.attempt() + 1);
                retried.remove(cell.id());
                underWay = cells(Standing.SUBMITTED).size();
                moved = true;
            }
        }
        return moved;
    }

    /** The key is the same after a crash, so that a cell is not trained twice when its answer was lost. */
    private void submit(Cell cell, int attempt) {
        JsonNode spec = EventCodec.mapper().valueToTree(cell.spec());
        String key = Fingerprint.of(folder.benchmarkId(), cell.id(), cell.fingerprint(), attempt);
        CellState submitted = CellState.builder()
                .fingerprint(cell.fingerprint())
                .spec(spec)
                .standing(Standing.SUBMITTED)
                .attempt(attempt)
                .trainedBy(report.versions())
                .build();
        try {
            String id = gateway.submit(spec, key);
            folder.set(cell, submitted.toBuilder().experiment(id).build());
        } catch (GatewayRefusal e) {
            if (e.isPassing()) {
                throw e;
            }
            fail(cell, submitted, "refused: " + e.getMessage());
        }
    }

    private boolean lookAfterThoseUnderWay() {
        boolean moved = false;
        for (Cell cell : cells(Standing.SUBMITTED)) {
            CellState state = folder.state(cell).orElseThrow();
            Experiment experiment;
            try {
                experiment = gateway.experiment(state.experiment());
            } catch (GatewayRefusal e) {
                if (e.status() != 404) {
                    throw e;
                }
                if (gateway.isComplete()) {
                    submitAnew(cell, state);
                    moved = true;
                }
                continue;
            }
            if (experiment.hasEnded()) {
                end(cell, state, experiment);
                moved = true;
            } else if (experiment.status().state() != ExperimentStatus.State.QUEUED) {
                begun.putIfAbsent(cell.id(), clock.instant());
                show(cell, experiment);
            }
        }
        return moved;
    }

    /** Its topics were deleted: what it had trained is gone. */
    private void submitAnew(Cell cell, CellState state) {
        watcher.tell(cell.id() + ": the gateway does not know experiment " + state.experiment()
                + " any more; submitted again");
        begun.remove(cell.id());
        submit(cell, state.attempt() + 1);
    }

    private void end(Cell cell, CellState state, Experiment experiment) {
        ExperimentStatus.State ended = experiment.status().state();
        if (ended != ExperimentStatus.State.TRAINED) {
            String reason = experiment.status().reason();
            fail(
                    cell,
                    state,
                    ended.name().toLowerCase(Locale.ROOT) + " at step "
                            + experiment.status().step() + (reason == null ? "" : ": " + reason) + " ("
                            + state.experiment() + ")");
            return;
        }
        CellResult result = CellResults.of(gateway, experiment);
        if (result.rows().stream().allMatch(row -> row.value() == null)) {
            fail(
                    cell,
                    state,
                    "nothing could be measured (" + state.experiment() + ")"
                            + result.rows().stream()
                                    .map(ResultRow::note)
                                    .filter(Objects::nonNull)
                                    .findFirst()
                                    .map(note -> ": " + note)
                                    .orElse(""));
            return;
        }
        folder.keep(cell, result);
        Instant began = begun.remove(cell.id());
        Double seconds =
                began == null ? null : Duration.between(began, clock.instant()).toMillis() / 1000.0;
        folder.set(cell, state.done(seconds));
        report.write(grid, folder);
        watcher.tell(cell.id() + ": done"
                + (seconds == null ? "" : " in " + Durations.inWords(Duration.ofSeconds(Math.round(seconds))))
                + " (" + state.experiment() + "); " + rest());
    }

    private void fail(Cell cell, CellState state, String reason) {
        folder.set(cell, state.failed(reason));
        begun.remove(cell.id());
        report.write(grid, folder);
        watcher.tell(cell.id() + ": " + reason + "; " + rest());
    }

    private void show(Cell cell, Experiment experiment) {
        int ended = cells(Standing.DONE).size() + cells(Standing.FAILED).size();
        watcher.show(
                ended + " of " + grid.size() + " cells",
                (double) ended / grid.size(),
                cell.id() + " " + experiment.progress().inWords() + "; " + rest());
    }

    private String rest() {
        Map<String, List<Double>> seconds = new HashMap<>();
        List<String> left = new ArrayList<>();
        for (Cell cell : grid.cells()) {
            CellState state = folder.state(cell).orElse(null);
            if (state == null || state.standing() == Standing.SUBMITTED) {
                left.add(cell.method());
            } else if (state.seconds() != null) {
                seconds.computeIfAbsent(cell.method(), any -> new ArrayList<>()).add(state.seconds());
            }
        }
        if (left.isEmpty()) {
            return "all cells have ended";
        }
        int atOnce = (int) Math.max(
                1,
                cells(Standing.SUBMITTED).stream()
                        .filter(cell -> begun.containsKey(cell.id()))
                        .count());
        return left.size()
                + (left.size() == 1 ? " cell left" : " cells left")
                + TimeLeft.of(seconds, left, atOnce)
                        .map(time -> ", about " + Durations.inWords(time))
                        .orElse("");
    }
}
