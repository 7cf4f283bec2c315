package org.rtda.cli.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.benchmark.result.PublishedRun;
import org.rtda.cli.benchmark.result.RunFiles;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Versions;

/**
 * Copies the finished runs of a published comparison into a benchmark's folder, so that the benchmark continues with the others
 * on another machine. The models of these runs are not there, so they cannot be evaluated further.
 */
final class Takeover {
    /** What tells the runs of a data set apart. */
    private static final Set<String> OF_A_RUN = Set.of("method", "seed", "attack.epsilon", "attack.stepSize");

    private final BenchmarkGrid grid;
    private final BenchmarkFolder folder;
    private final Map<String, String> build;

    /** @param build versions of what runs here */
    Takeover(BenchmarkGrid grid, BenchmarkFolder folder, Map<String, String> build) {
        this.grid = grid;
        this.folder = folder;
        this.build = build;
    }

    /**
     * A run that the folder has already, done or under way, stays as it is. Runs of other data sets than the grid's are left
     * out; those of other seeds, methods and radii are taken over, for they stand in the same tables.
     *
     * @param published the folder of a published comparison
     * @param otherBuilds also runs that another build trained
     * @return how many were taken over
     * @throws CommandFailure before anything is written, when there are no runs, or one does not fit
     */
    int from(Path published, boolean otherBuilds) {
        List<PublishedRun> all = RunFiles.read(published);
        if (all.isEmpty()) {
            throw new CommandFailure(
                    published + " has no published runs: rtda publish writes them into its folder runs");
        }
        List<PublishedRun> runs = all.stream()
                .filter(run -> plan(run) != null)
                .filter(run -> folder.state(run.cell())
                        .filter(state -> state.standing() != CellState.Standing.FAILED)
                        .isEmpty())
                .toList();
        requireSameImages(published, runs);
        requireSameSpecification(published, runs);
        if (!otherBuilds) {
            requireSameBuild(published, runs);
        }
        runs.forEach(this::take);
        return runs.size();
    }

    private void take(PublishedRun run) {
        Cell cell = run.cell();
        folder.keep(cell, run.result());
        run.full().ifPresent(full -> folder.keep(cell, full));
        run.transfers().forEach((epsilon, transfer) -> folder.keep(epsilon, cell, transfer));
        Cell here = asked(run);
        folder.set(
                cell,
                run.state().toBuilder()
                        .fingerprint(here == null ? cell.fingerprint() : here.fingerprint())
                        .takenOver(true)
                        .build());
    }

    private BenchmarkGrid.DatasetPlan plan(PublishedRun run) {
        return grid.datasets().stream()
                .filter(plan -> plan.name().equals(run.cell().dataset()))
                .findFirst()
                .orElse(null);
    }

    /** Null where the grid does not ask for it. */
    private Cell asked(PublishedRun run) {
        return grid.cells().stream()
                .filter(cell -> cell.id().equals(run.run()))
                .findFirst()
                .orElse(null);
    }

    private void requireSameImages(Path published, List<PublishedRun> runs) {
        for (PublishedRun run : runs) {
            String here = plan(run).fingerprint();
            if (!run.datasetFingerprint().equals(here)) {
                throw new CommandFailure(
                        published + " has runs on other images of " + run.cell().dataset()
                                + ": their data set's fingerprint is " + run.datasetFingerprint()
                                + ", that of the imported one is "
                                + here + ". Import the same files, or leave out --from");
            }
        }
    }

    private void requireSameSpecification(Path published, List<PublishedRun> runs) {
        List<String> conflicts = new ArrayList<>();
        for (PublishedRun run : runs) {
            Cell asked = asked(run);
            Cell like = asked != null
                    ? asked
                    : grid.cells().stream()
                            .filter(cell -> cell.dataset().equals(run.cell().dataset()))
                            .findFirst()
                            .orElseThrow();
            List<String> differences =
                    SpecDifference.of(run.specification(), like, asked != null ? Set.of() : OF_A_RUN);
            if (!differences.isEmpty()) {
                conflicts.add(run.run() + " (" + String.join(", ", differences) + ")");
            }
        }
        if (!conflicts.isEmpty()) {
            throw new CommandFailure(published + " has " + conflicts.size() + (conflicts.size() == 1 ? " run" : " runs")
                    + " of another specification, first " + conflicts.get(0)
                    + ". Give the arguments with which they were made, or leave out --from");
        }
    }

    private void requireSameBuild(Path published, List<PublishedRun> runs) {
        List<String> others = runs.stream()
                .map(run -> Versions.name(run.trainedBy()))
                .filter(name -> !name.equals(Versions.name(build)))
                .toList();
        if (!others.isEmpty()) {
            throw new CommandFailure(published + " has " + others.size() + (others.size() == 1 ? " run" : " runs")
                    + " that another build trained (" + String.join("; ", new LinkedHashSet<>(others)) + "; this is "
                    + Versions.name(build)
                    + "), whose figures may differ. --other-builds takes them over, and the pages name each build");
        }
    }
}
