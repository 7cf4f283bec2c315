package org.rtda.cli.benchmark.page;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.rtda.cli.benchmark.grid.AtomicFiles;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.benchmark.result.CellResult;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.ConditionGates;
import org.rtda.cli.benchmark.result.FinishedRuns;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.settings.Condition;
import org.rtda.report.Chart;
import org.rtda.report.ReportPage;

/**
 * Writes the results so far: {@code results.json}, {@code results.md}, {@code report.html} and a picture for each data set and
 * strength.
 */
public final class BenchmarkReport {
    /** Stands first: on unbalanced classes plain accuracy rewards a constant answer. */
    static final String HEADLINE = FigureNames.BALANCED_ACCURACY;

    static final List<String> METRICS = List.of(HEADLINE, FigureNames.ACCURACY);

    private final Map<String, String> versions;
    private final Clock clock;

    /** @param versions of what runs, by name */
    public BenchmarkReport(Map<String, String> versions, Clock clock) {
        this.versions = new TreeMap<>(versions);
        this.clock = clock;
    }

    /** Of what runs, by name. */
    public Map<String, String> versions() {
        return versions;
    }

    public void write(BenchmarkGrid grid, BenchmarkFolder folder) {
        Content content = content(ResultsDocument.Grid.of(grid), grid.cells(), folder, run -> run);
        folder.write("results.json", content.document());
        folder.write(
                "report.html",
                ReportPage.render(new BenchmarkHtmlPage(content.document(), content.comparisons())
                        .report("benchmark " + folder.benchmarkId(), "Benchmark")));
        content.writeSmall(folder.files());
    }

    /**
     * What is known, ready to be written.
     *
     * @param runs that are done, each once
     */
    record Content(ResultsDocument document, List<Run> runs, List<Comparison> comparisons, PublishedResults published) {
        /** All files but the large ones: those that are committed. */
        void writeSmall(AtomicFiles files) {
            files.write(PublishedResults.FILE, published.text());
            files.write("results.md", new BenchmarkMarkdownPage(document, comparisons, published.verdicts()).text());
            for (Comparison comparison : comparisons) {
                String of = comparison.dataset() + "-" + Cell.plain(comparison.epsilon()) + ".svg";
                List<Chart> tradeOffs = TradeOffCharts.alone(comparison);
                if (!tradeOffs.isEmpty()) {
                    files.write("tradeoff-" + of, ReportPage.picture(tradeOffs));
                }
                CurveCharts.loss(comparison).ifPresent(chart -> files.write("loss-" + of, ReportPage.picture(chart)));
                CurveCharts.accuracy(comparison)
                        .ifPresent(chart -> files.write("training-" + of, ReportPage.picture(chart)));
            }
        }
    }

    /**
     * @param cells in the order of the tables
     * @param completed fills in what the folder lacks
     */
    Content content(ResultsDocument.Grid grid, List<Cell> cells, FinishedRuns folder, UnaryOperator<Run> completed) {
        Map<Cell, Run> runs = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (folder.state(cell)
                    .filter(state -> state.standing() == CellState.Standing.DONE)
                    .isPresent()) {
                runs.put(cell, completed.apply(run(cell, folder)));
            }
        }
        List<Comparison> comparisons = comparisons(grid, folder, runs);
        ResultsDocument document = document(grid, cells, folder, runs, comparisons);
        List<Run> done = List.copyOf(runs.values());
        return new Content(document, done, comparisons, PublishedResults.of(document, done, comparisons));
    }

    /** With what the full suite found of this model, not of one that was trained before it. */
    private static Run run(Cell cell, FinishedRuns folder) {
        CellResult result = folder.result(cell);
        return new Run(
                cell, result, folder.full(cell).filter(full -> full.experiment().equals(result.experiment())));
    }

    /** The methods on one data set at one strength in training. */
    record Comparison(
            ResultsDocument.Dataset set,
            double epsilon,
            List<Run> runs,
            List<Column> columns,
            List<Summary> summaries,
            List<PairedTest> tests) {
        static Comparison of(ResultsDocument.Dataset set, double epsilon, List<Run> runs) {
            List<Column> columns = Column.shown(runs);
            List<Summary> summaries = new ArrayList<>();
            for (String metric : METRICS) {
                summaries.addAll(Summary.of(set.name(), epsilon, runs, columns, metric));
            }
            List<Column> tested = new ArrayList<>(columns);
            tested.addAll(Column.ofKind(Column.conditions(runs), Column.Kind.CORRUPTION));
            return new Comparison(
                    set, epsilon, runs, columns, summaries, PairedTest.of(set.name(), epsilon, runs, tested));
        }

        String dataset() {
            return set.name();
        }

        /** Label of the evaluation's attack that is as strong as the one in training; only where there are runs. */
        String attacked() {
            return attack().label();
        }

        /** The evaluation's attack that is as strong as the one in training; only where there are runs. */
        Condition attack() {
            ExperimentSpec spec = runs.get(0).cell().spec();
            return BenchmarkGrid.condition(spec, spec.attack().name(), epsilon);
        }

        /** The paired tests of the tables' columns: those of a single corruption are left out. */
        List<PairedTest> shownTests() {
            List<String> shown = columns.stream().map(Column::name).toList();
            return tests.stream()
                    .filter(test -> shown.contains(test.condition()))
                    .toList();
        }
    }

    private static List<Comparison> comparisons(ResultsDocument.Grid grid, FinishedRuns folder, Map<Cell, Run> runs) {
        List<Comparison> comparisons = new ArrayList<>();
        for (ResultsDocument.Dataset set : grid.datasets()) {
            for (double epsilon : set.trainingEpsilons()) {
                List<Run> compared = grid.methods().stream()
                        .flatMap(method -> runs.values().stream()
                                .filter(run -> run.cell().method().equals(method)
                                        && run.cell().isComparedAt(set.name(), epsilon)))
                        .map(run -> withTransfer(run, folder, epsilon))
                        .toList();
                comparisons.add(Comparison.of(set, epsilon, compared));
            }
        }
        return comparisons;
    }

    /** A method that trains without attacks stands in several comparisons, in each with the images of that strength. */
    private static Run withTransfer(Run run, FinishedRuns folder, double epsilon) {
        return folder.transfer(epsilon, run.cell())
                .filter(transfer -> transfer.experiment().equals(run.result().experiment()))
                .map(transfer -> run.with(run.result().with(transfer)))
                .orElse(run);
    }

    private ResultsDocument document(
            ResultsDocument.Grid grid,
            List<Cell> cells,
            FinishedRuns folder,
            Map<Cell, Run> runs,
            List<Comparison> comparisons) {
        return new ResultsDocument(
                ResultsDocument.SCHEMA_VERSION,
                clock.instant(),
                versions,
                grid,
                rows(runs, comparisons),
                runs.values().stream()
                        .map(run -> ResultsDocument.Cost.of(
                                run, folder.state(run.cell()).orElseThrow().seconds()))
                        .toList(),
                comparisons.stream().flatMap(c -> c.summaries().stream()).toList(),
                comparisons.stream().flatMap(c -> c.tests().stream()).toList(),
                cells.stream()
                        .map(cell -> ResultsDocument.CellRow.of(
                                cell,
                                folder.state(cell).orElse(null),
                                runs.containsKey(cell) ? ConditionGates.failedBy(runs.get(cell)) : List.of()))
                        .toList());
    }

    /** Each figure once, though a run may stand in several comparisons. */
    private static List<ResultsDocument.Row> rows(Map<Cell, Run> runs, List<Comparison> comparisons) {
        Set<ResultsDocument.Row> rows = new LinkedHashSet<>();
        runs.values().forEach(run -> rows.addAll(ResultsDocument.Row.of(run)));
        comparisons.forEach(c -> c.runs().forEach(run -> rows.addAll(ResultsDocument.Row.of(run))));
        return List.copyOf(rows);
    }
}
