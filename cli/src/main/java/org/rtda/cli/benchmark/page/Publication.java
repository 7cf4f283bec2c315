package org.rtda.cli.benchmark.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rtda.cli.benchmark.grid.AtomicFiles;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.benchmark.result.FinishedRuns;
import org.rtda.cli.benchmark.result.PublishedRun;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.RunFiles;
import org.rtda.cli.benchmark.result.TrainingCurve;
import org.rtda.cli.benchmark.result.TransferResult;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.GatewayRefusal;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.KnownNames;

/**
 * Writes the small files of a benchmark that are committed: {@code published.json}, {@code results.md}, the pictures, and a file
 * for each finished run ({@link PublishedRun}). It computes them from the results of all finished cells in the benchmark's
 * folder, and needs no running service. They can also be written again from the committed files.
 */
public final class Publication {
    private static final String STATE = "state.json";

    private final BenchmarkReport report;
    private final Function<String, Optional<TrainingCurve>> curves;
    private final Consumer<String> tell;

    private Publication(
            BenchmarkReport report, Function<String, Optional<TrainingCurve>> curves, Consumer<String> tell) {
        this.report = report;
        this.curves = curves;
        this.tell = tell;
    }

    /** Training curves that neither the folder nor the earlier publication has stay away. */
    public static Publication of(BenchmarkReport report, Consumer<String> tell) {
        return new Publication(report, any -> Optional.empty(), tell);
    }

    /** @param gateway that is asked for training curves which neither the folder nor the earlier publication has */
    public static Publication of(BenchmarkReport report, GatewayClient gateway, Consumer<String> tell) {
        return new Publication(
                report,
                experiment -> {
                    try {
                        return Optional.ofNullable(
                                TrainingCurve.of(gateway.results().training(experiment)));
                    } catch (GatewayRefusal e) {
                        if (e.status() != 404) {
                            throw e;
                        }
                        return Optional.empty();
                    }
                },
                tell);
    }

    /**
     * @param from a folder of {@code rtda benchmark}, a folder that was published, or one that holds several of them
     * @param to where its files go; of several, each into the folder of its name there
     * @return the folders that were written
     * @throws CommandFailure when there is nothing to publish or a file cannot be read or written
     */
    public List<Path> publish(Path from, Path to) {
        if (isOne(from)) {
            publishOne(from, to);
            return List.of(to);
        }
        List<Path> written = new ArrayList<>();
        try (var inside = Files.list(from)) {
            for (Path each : inside.sorted().toList()) {
                if (isOne(each)) {
                    Path target = to.resolve(each.getFileName());
                    publishOne(each, target);
                    written.add(target);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(from + " cannot be read: " + e.getMessage(), e);
        }
        if (written.isEmpty()) {
            throw new CommandFailure(
                    "neither " + from + " nor a folder in it has a state.json of rtda benchmark, or published runs");
        }
        return written;
    }

    private static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(STATE)) || PublishedFolder.isOne(folder);
    }

    /**
     * Brings the marked tables and lists of a page up to date ({@link MarkedPage}).
     *
     * @param root that the page's file names begin at
     */
    public static void rewrite(Path page, Path root) {
        try {
            String text = Files.readString(page);
            String rewritten = new MarkedPage(name -> PublishedFolder.results(root.resolve(name))).rewritten(text);
            new AtomicFiles(page.toAbsolutePath().getParent())
                    .write(page.getFileName().toString(), rewritten);
        } catch (IOException e) {
            throw new CommandFailure(page + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void publishOne(Path from, Path to) {
        FinishedRuns folder =
                Files.exists(from.resolve(STATE)) ? BenchmarkFolder.read(from) : PublishedFolder.read(from);
        ResultsDocument last = folder.results();
        List<Cell> cells = cells(folder, last);
        requireEverySet(from, last, cells);
        Map<String, TrainingCurve> earlier = earlier(to.resolve(PublishedResults.FILE));
        List<String> without = new ArrayList<>();
        ResultsDocument.Grid grid = grid(last, cells);
        requireEveryRunOf(to, folder, cells);
        BenchmarkReport.Content content = report.content(grid, cells, folder, run -> {
            if (run.result().training().curve() != null) {
                return run;
            }
            String experiment = run.result().experiment();
            Optional<TrainingCurve> found =
                    Optional.ofNullable(earlier.get(experiment)).or(() -> curves.apply(experiment));
            if (found.isEmpty()) {
                without.add(run.cell().id());
            }
            return found.map(curve -> run.with(run.result().with(curve))).orElse(run);
        });
        if (!without.isEmpty()) {
            tell.accept("no training curve of " + without.size()
                    + (without.size() == 1 ? " run" : " runs") + ", first " + without.get(0)
                    + ": --curves asks the gateway that trained them");
        }
        AtomicFiles files = new AtomicFiles(to);
        content.writeSmall(files);
        content.runs().forEach(run -> RunFiles.write(files, published(run, folder, grid)));
    }

    private static PublishedRun published(Run run, FinishedRuns folder, ResultsDocument.Grid grid) {
        ResultsDocument.Dataset set = grid.datasets().stream()
                .filter(each -> each.name().equals(run.cell().dataset()))
                .findFirst()
                .orElseThrow();
        Map<Double, TransferResult> transfers = new LinkedHashMap<>();
        for (double epsilon : set.trainingEpsilons()) {
            folder.transfer(epsilon, run.cell())
                    .filter(transfer ->
                            transfer.experiment().equals(run.result().experiment()))
                    .ifPresent(transfer -> transfers.put(epsilon, transfer));
        }
        return PublishedRun.of(run, folder.state(run.cell()).orElseThrow(), set.fingerprint(), transfers);
    }

    /** Runs that were published before are not dropped from the pages silently. */
    private static void requireEveryRunOf(Path to, FinishedRuns folder, List<Cell> cells) {
        Set<String> done = new LinkedHashSet<>();
        cells.stream()
                .filter(cell -> folder.state(cell)
                        .filter(state -> state.standing() == CellState.Standing.DONE)
                        .isPresent())
                .forEach(cell -> done.add(cell.id()));
        Stream<String> named = Files.exists(to.resolve(PublishedResults.FILE))
                ? PublishedFolder.results(to.resolve(PublishedResults.FILE)).cells().stream()
                        .filter(cell -> cell.standing().equals(CellState.Standing.DONE.name()))
                        .map(PublishedResults.PublishedCell::id)
                : Stream.empty();
        List<String> dropped = Stream.concat(named, RunFiles.read(to).stream().map(PublishedRun::run))
                .distinct()
                .filter(run -> !done.contains(run))
                .toList();
        if (!dropped.isEmpty()) {
            throw new CommandFailure(to + " has " + dropped.size()
                    + (dropped.size() == 1 ? " run that " : " runs that ") + folder.path() + " lacks, first "
                    + dropped.get(0) + ": take them over by rtda benchmark --from " + to
                    + ", or publish into another folder");
        }
    }

    /** What the tables say of a data set is in the results of a call that had it. */
    private static void requireEverySet(Path from, ResultsDocument last, List<Cell> cells) {
        List<String> known = last.grid().datasets().stream()
                .map(ResultsDocument.Dataset::name)
                .toList();
        List<String> unknown = cells.stream()
                .map(Cell::dataset)
                .distinct()
                .filter(name -> !known.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(from + " has runs of " + String.join(", ", unknown)
                    + ", which the last rtda benchmark there did not include: run it once more with --datasets "
                    + String.join(
                            ",", Stream.concat(known.stream(), unknown.stream()).toList()));
        }
    }

    /** Every cell of the state file, whatever call it is of, and those of the last call that wait. */
    private static List<Cell> cells(FinishedRuns folder, ResultsDocument last) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (CellState state : folder.states()) {
            Cell cell =
                    Cell.of(EventCodec.mapper().convertValue(state.spec(), ExperimentSpec.class), state.fingerprint());
            cells.put(cell.id(), cell);
        }
        for (ResultsDocument.CellRow row : last.cells()) {
            Cell cell = Cell.of(EventCodec.mapper().convertValue(row.spec(), ExperimentSpec.class), null);
            cells.putIfAbsent(cell.id(), cell);
        }
        return cells.values().stream()
                .sorted(Comparator.comparing(Cell::dataset)
                        .thenComparing(Cell::epsilon, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(cell -> KnownNames.METHODS.indexOf(cell.method()))
                        .thenComparing(Cell::seed))
                .toList();
    }

    /** The last call's, with the methods, seeds and strengths of all cells. */
    private static ResultsDocument.Grid grid(ResultsDocument last, List<Cell> cells) {
        Set<String> methods = new LinkedHashSet<>();
        Set<Long> seeds = new TreeSet<>();
        for (Cell cell : cells) {
            seeds.add(cell.seed());
        }
        KnownNames.METHODS.stream()
                .filter(method -> cells.stream().anyMatch(cell -> cell.method().equals(method)))
                .forEach(methods::add);
        List<ResultsDocument.Dataset> datasets = new ArrayList<>();
        for (ResultsDocument.Dataset set : last.grid().datasets()) {
            Set<Double> epsilons = new TreeSet<>(set.trainingEpsilons());
            cells.stream()
                    .filter(cell -> cell.dataset().equals(set.name()) && cell.epsilon() != null)
                    .forEach(cell -> epsilons.add(cell.epsilon()));
            datasets.add(set.at(List.copyOf(epsilons)));
        }
        return new ResultsDocument.Grid(
                datasets, List.copyOf(methods), List.copyOf(seeds), last.grid().template());
    }

    /** The curves of an earlier publication, by experiment. */
    private static Map<String, TrainingCurve> earlier(Path file) {
        Map<String, TrainingCurve> curves = new LinkedHashMap<>();
        if (Files.exists(file)) {
            PublishedFolder.results(file).curves().forEach(curve -> curves.put(curve.experiment(), curve.curve()));
        }
        return curves;
    }
}
