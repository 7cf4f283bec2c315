package org.rtda.cli.benchmark.page;

import static org.rtda.report.TableCell.figure;
import static org.rtda.report.TableCell.text;

import java.util.ArrayList;
import java.util.List;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.result.ResultRow;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;

/**
 * The section on one data set at one radius: figures of each method, their trade-off, what they cost and which
 * differences are shown.
 */
final class ComparisonSection {
    private final ResultsDocument document;
    private final Comparison comparison;
    private final MethodFlags flags;
    private final List<ReportBlock> blocks = new ArrayList<>();

    ComparisonSection(ResultsDocument document, Comparison comparison, MethodFlags flags) {
        this.document = document;
        this.comparison = comparison;
        this.flags = flags;
    }

    /** @param number of the section, for its id */
    Report.Section section(int number) {
        if (comparison.runs().isEmpty()) {
            blocks.add(ReportBlock.text("Nothing is measured yet."));
        } else {
            training();
            RadiusCharts.of(comparison, flags).stream().map(ReportBlock::chart).forEach(blocks::add);
            CurveCharts.loss(comparison).map(ReportBlock::chart).ifPresent(blocks::add);
            CurveCharts.accuracy(comparison).map(ReportBlock::chart).ifPresent(blocks::add);
            BenchmarkReport.METRICS.forEach(this::figures);
            TradeOffCharts.of(comparison, method -> flags.of(comparison, method)).stream()
                    .map(ReportBlock::chart)
                    .forEach(blocks::add);
            blocks.addAll(TransferMatrix.of(comparison, flags));
            full();
            costs();
            tests();
        }
        return new Report.Section(
                "comparison-" + number,
                comparison.dataset() + ", trained at " + ComparisonWords.radius(comparison, document),
                blocks);
    }

    private void training() {
        ExperimentSpec spec = comparison.runs().get(0).cell().spec();
        blocks.add(ReportBlock.facts(List.of(
                new ReportBlock.Fact("Network", spec.network()),
                new ReportBlock.Fact(
                        "Training",
                        spec.epochs() + " epochs of batches of " + spec.batchSize() + ", "
                                + spec.optimizer().name() + ", learning rate "
                                + Cell.plain(spec.optimizer().learningRate())),
                new ReportBlock.Fact(
                        "Attack in training",
                        spec.attack().name() + ", " + spec.attack().steps() + " steps"),
                new ReportBlock.Fact("Weight of consistency (lambda)", Cell.plain(spec.lambda())),
                new ReportBlock.Fact("Test images", ComparisonWords.imagesOf(comparison)))));
    }

    private void figures(String metric) {
        List<String> head = new ArrayList<>(List.of("Method"));
        comparison.columns().forEach(column -> head.add(column.name()));
        List<Table.Row> rows = new ArrayList<>();
        for (String method : ComparisonWords.methods(comparison)) {
            List<org.rtda.report.TableCell> cells = new ArrayList<>(List.of(text(method)));
            comparison.summaries().stream()
                    .filter(summary ->
                            summary.method().equals(method) && summary.metric().equals(metric))
                    .map(summary -> figure(of(summary), flags.of(comparison, method)))
                    .forEach(cells::add);
            rows.add(Table.Row.of(cells));
        }
        List<org.rtda.report.TableCell> constant = new ArrayList<>(List.of(text(ComparisonWords.CONSTANT)));
        comparison
                .columns()
                .forEach(column -> constant.add(text(ComparisonWords.constant(comparison, column, metric))));
        rows.add(Table.Row.of(constant));
        blocks.add(ReportBlock.table(
                new Table(metric.equals(FigureNames.ACCURACY) ? "Accuracy" : "Balanced accuracy", head, rows)));
        String assumed = ComparisonWords.assumed(comparison, metric);
        if (!assumed.isEmpty()) {
            blocks.add(ReportBlock.text(assumed));
        }
    }

    static ReportFigure of(Summary summary) {
        return summary.value() == null
                ? ReportFigure.missing("not measured")
                : ReportFigure.builder()
                        .value(summary.value())
                        .low(summary.low())
                        .high(summary.high())
                        .n(summary.seeds())
                        .of("seeds")
                        .note(
                                summary.interval().equals("images")
                                        ? (summary.seeds() == 1 ? "one seed" : "all seeds alike")
                                                + ": the interval is over test images"
                                        : "Student's interval over seeds")
                        .build();
    }

    static ReportFigure of(ResultRow row) {
        Integer drawnFrom = row.subset() != null && row.subset().images() == row.n()
                ? Integer.valueOf(row.subset().of())
                : null;
        return ReportFigure.builder()
                .value(row.value())
                .low(row.low())
                .high(row.high())
                .n(row.n())
                .note(row.note())
                .constant(row.constant())
                .drawnFrom(drawnFrom)
                .build();
    }

    /** What the full suite found; it has too many conditions for columns. */
    private void full() {
        List<Run> judged =
                comparison.runs().stream().filter(run -> run.full().isPresent()).toList();
        if (judged.isEmpty()) {
            return;
        }
        List<String> head = new ArrayList<>(List.of("Condition"));
        judged.forEach(
                run -> head.add(run.cell().method() + " seed " + run.cell().seed()));
        List<Table.Row> rows = new ArrayList<>();
        for (String condition : FullTable.conditions(judged)) {
            List<org.rtda.report.TableCell> cells = new ArrayList<>(List.of(text(condition)));
            for (Run run : judged) {
                cells.add(figure(
                        FullTable.figure(run, condition)
                                .map(ComparisonSection::of)
                                .orElse(ReportFigure.missing("not measured")),
                        flags.of(comparison, run.cell().method())));
            }
            rows.add(Table.Row.of(cells));
        }
        blocks.add(ReportBlock.table(new Table("Full evaluation: balanced accuracy", head, rows)));
        List<String> gateHead = new ArrayList<>(head);
        gateHead.set(0, "Gate");
        List<Table.Row> gates = new ArrayList<>();
        for (String gate : FullTable.gates(judged)) {
            List<org.rtda.report.TableCell> cells = new ArrayList<>(List.of(text(gate)));
            judged.forEach(run -> cells.add(text(FullTable.outcome(run, gate))));
            gates.add(Table.Row.of(cells));
        }
        blocks.add(ReportBlock.table(new Table("Full evaluation: gates", gateHead, gates)));
    }

    private void costs() {
        List<Table.Row> rows = new ArrayList<>();
        for (String method : ComparisonWords.methods(comparison)) {
            List<ResultsDocument.Cost> costs = document.costs().stream()
                    .filter(cost -> comparison.runs().stream()
                            .anyMatch(run -> run.cell().method().equals(method)
                                    && run.result().experiment().equals(cost.experiment())))
                    .toList();
            rows.add(Table.Row.of(
                    text(method),
                    text(Integer.toString(costs.get(0).gradientEvaluationsPerImage())),
                    text(Long.toString(costs.get(0).gradientEvaluations())),
                    text(ComparisonWords.seconds(costs.stream()
                            .mapToDouble(ResultsDocument.Cost::trainingSeconds)
                            .average()
                            .orElseThrow())),
                    text(ComparisonWords.seconds(costs.stream()
                            .mapToDouble(ResultsDocument.Cost::waitSeconds)
                            .average()
                            .orElseThrow()))));
        }
        blocks.add(ReportBlock.table(new Table(
                "Cost of training. A gradient evaluation is one forward and backward pass of one image.",
                List.of(
                        "Method",
                        "Gradient evaluations per image and epoch",
                        "In all, a run",
                        "Seconds of training, mean",
                        "Of it waiting for workers"),
                rows)));
        String interrupted = CostTable.interrupted(comparison);
        if (!interrupted.isEmpty()) {
            blocks.add(ReportBlock.text(interrupted));
        }
    }

    private void tests() {
        List<Table.Row> rows = comparison.shownTests().stream()
                .map(test -> {
                    List<org.rtda.report.Flag> flagged = new ArrayList<>(flags.of(comparison, BenchmarkGrid.PROPOSED));
                    flagged.addAll(flags.of(comparison, test.baseline()));
                    return Table.Row.of(
                            text(test.condition()),
                            text(test.baseline()),
                            text(Integer.toString(test.seeds())),
                            text(ComparisonWords.accuracyDifference(test), flagged),
                            text(ComparisonWords.difference(test.balancedAccuracy()), flagged),
                            text(ComparisonWords.counts(test)),
                            text(ComparisonWords.p(test.combined())),
                            text(ComparisonWords.p(test.combinedHolm())),
                            text(test.verdict(), flagged));
                })
                .toList();
        if (!rows.isEmpty()) {
            blocks.add(ReportBlock.table(new Table(
                    BenchmarkGrid.PROPOSED + " against each baseline, paired by seed and image",
                    List.of(
                            "Condition",
                            "Baseline",
                            "Seeds",
                            "Accuracy, difference",
                            "Balanced accuracy, difference",
                            "Only rtda right / only baseline, by seed",
                            "McNemar, combined",
                            "With Holm",
                            "What it shows"),
                    rows)));
        }
    }
}
