package org.rtda.cli.benchmark;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.rtda.contracts.FigureNames;
import org.rtda.report.ReportPage;

/** Writes what is known so far: {@code results.json}, {@code results.md}, {@code report.html} and a picture for each data set and strength. */
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

    void write(BenchmarkGrid grid, BenchmarkFolder folder) {
        Map<Cell, Run> runs = new LinkedHashMap<>();
        for (Cell cell : grid.cells()) {
            if (folder.state(cell)
                    .filter(state -> state.standing() == CellState.Standing.DONE)
                    .isPresent()) {
                runs.put(cell, new Run(cell, folder.result(cell)));
            }
        }
        List<Comparison> comparisons = comparisons(grid, folder, runs);
        ResultsDocument document = document(grid, folder, runs, comparisons);
        folder.write("results.json", document);
        folder.write("results.md", new ResultsPage(document, comparisons).text());
        folder.write(
                "report.html",
                ReportPage.render(new BenchmarkPage(document, comparisons)
                        .report("benchmark " + folder.benchmarkId(), "Benchmark", comparison -> plot(
                                        grid.conditionAt(comparison.epsilon()), comparison)
                                .panels())));
        for (Comparison comparison : comparisons) {
            TradeOffPlot plot = plot(grid.conditionAt(comparison.epsilon()), comparison);
            if (!plot.isEmpty()) {
                folder.write(
                        "tradeoff-" + comparison.dataset() + "-" + Cell.plain(comparison.epsilon()) + ".svg",
                        plot.render());
            }
        }
    }

    /** The methods on one data set at one strength in training. */
    record Comparison(
            BenchmarkGrid.DatasetPlan plan,
            double epsilon,
            List<Run> runs,
            List<Column> columns,
            List<Summary> summaries,
            List<PairedTest> tests) {
        static Comparison of(BenchmarkGrid.DatasetPlan plan, double epsilon, List<Run> runs) {
            List<Column> columns = Column.shown(runs);
            List<Summary> summaries = new ArrayList<>();
            for (String metric : METRICS) {
                summaries.addAll(Summary.of(plan.name(), epsilon, runs, columns, metric));
            }
            List<Column> tested = new ArrayList<>(columns);
            Column.conditions(runs).stream()
                    .filter(condition -> Column.kindOf(condition) == Column.Kind.CORRUPTION)
                    .map(Column::of)
                    .forEach(tested::add);
            return new Comparison(
                    plan, epsilon, runs, columns, summaries, PairedTest.of(plan.name(), epsilon, runs, tested));
        }

        String dataset() {
            return plan.name();
        }
    }

    private static List<Comparison> comparisons(BenchmarkGrid grid, BenchmarkFolder folder, Map<Cell, Run> runs) {
        List<Comparison> comparisons = new ArrayList<>();
        for (BenchmarkGrid.DatasetPlan plan : grid.datasets()) {
            for (double epsilon : plan.epsilons()) {
                List<Run> compared = grid.compared(plan, epsilon).stream()
                        .filter(runs::containsKey)
                        .map(cell -> withTransfer(runs.get(cell), folder, epsilon))
                        .toList();
                comparisons.add(Comparison.of(plan, epsilon, compared));
            }
        }
        return comparisons;
    }

    /** A method that trains without attacks stands in several comparisons, in each with the images of that strength. */
    private static Run withTransfer(Run run, BenchmarkFolder folder, double epsilon) {
        return folder.transfer(epsilon, run.cell())
                .filter(transfer -> transfer.experiment().equals(run.result().experiment()))
                .map(transfer -> new Run(run.cell(), run.result().with(transfer)))
                .orElse(run);
    }

    private ResultsDocument document(
            BenchmarkGrid grid, BenchmarkFolder folder, Map<Cell, Run> runs, List<Comparison> comparisons) {
        return new ResultsDocument(
                ResultsDocument.SCHEMA_VERSION,
                clock.instant(),
                versions,
                ResultsDocument.Grid.of(grid),
                rows(runs, comparisons),
                runs.values().stream()
                        .map(run -> ResultsDocument.Cost.of(
                                run, folder.state(run.cell()).orElseThrow().seconds()))
                        .toList(),
                comparisons.stream().flatMap(c -> c.summaries().stream()).toList(),
                comparisons.stream().flatMap(c -> c.tests().stream()).toList(),
                grid.cells().stream()
                        .map(cell -> ResultsDocument.CellRow.of(
                                cell,
                                folder.state(cell).orElse(null),
                                runs.containsKey(cell) ? Gates.failedBy(runs.get(cell)) : List.of()))
                        .toList());
    }

    /** Each figure once, though a run may stand in several comparisons. */
    private static List<ResultsDocument.Row> rows(Map<Cell, Run> runs, List<Comparison> comparisons) {
        Set<ResultsDocument.Row> rows = new LinkedHashSet<>();
        runs.values().forEach(run -> rows.addAll(ResultsDocument.Row.of(run)));
        comparisons.forEach(c -> c.runs().forEach(run -> rows.addAll(ResultsDocument.Row.of(run))));
        return List.copyOf(rows);
    }

    /** @param attacked the condition whose attack is as strong as the one in training */
    static TradeOffPlot plot(String attacked, Comparison comparison) {
        Column clean = Column.of(Column.CLEAN);
        Column robust = Column.of(attacked);
        TradeOffPlot plot = new TradeOffPlot(
                "Balanced accuracy on " + comparison.dataset() + ", trained at " + Cell.plain(comparison.epsilon()));
        plot.add(Column.CLEAN, "under " + robust.name(), points(comparison.runs(), clean, robust));
        List<String> shifts = Column.conditions(comparison.runs()).stream()
                .filter(condition -> Column.kindOf(condition) == Column.Kind.SHIFT)
                .toList();
        if (!shifts.isEmpty()) {
            Column shift = new Column(shifts.size() == 1 ? shifts.get(0) : "shifts, mean", shifts);
            plot.add("under " + robust.name(), shift.name(), points(comparison.runs(), robust, shift));
        }
        return plot;
    }

    private static List<TradeOffPlot.Point> points(List<Run> runs, Column x, Column y) {
        List<TradeOffPlot.Point> points = new ArrayList<>();
        for (Run run : runs) {
            OptionalDouble atX = x.value(run.result(), HEADLINE);
            OptionalDouble atY = y.value(run.result(), HEADLINE);
            if (atX.isPresent() && atY.isPresent()) {
                points.add(new TradeOffPlot.Point(
                        run.cell().method(), run.cell().seed(), atX.getAsDouble(), atY.getAsDouble()));
            }
        }
        return points;
    }
}
