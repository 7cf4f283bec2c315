package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ConditionGates;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.terminal.Versions;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.dataset.SplitNames;

/** {@code results.md}: a table like the paper's for each data set and strength, with what must be known to read it. */
final class BenchmarkMarkdownPage {
    private final ResultsDocument document;
    private final List<Comparison> comparisons;
    private final List<ComparisonVerdict> verdicts;
    private final MarkdownText page = new MarkdownText();

    BenchmarkMarkdownPage(ResultsDocument document, List<Comparison> comparisons, List<ComparisonVerdict> verdicts) {
        this.document = document;
        this.comparisons = comparisons;
        this.verdicts = verdicts;
    }

    String text() {
        page.paragraph("# Benchmark");
        page.paragraph(standing());
        builds();
        page.paragraph("Written by `rtda benchmark`. What the tables, the curves and the sentences rest on is in `"
                + PublishedResults.FILE
                + "`; every figure is in `results.json` of the benchmark's own folder. `rtda publish` adds a"
                + " file for each run, with its answers image by image, in `runs`. Not for clinical use.");
        page.paragraph(ReadingNotes.inMarkdown());
        for (Comparison comparison : comparisons) {
            section(comparison);
        }
        notFinished();
        return page.toString();
    }

    private String standing() {
        long done = document.cellsDone();
        return done + " of " + document.cells().size() + " runs are done"
                + (done == document.cells().size() ? "." : "; **this is not the final table**.");
    }

    /** Nothing where nobody recorded them. */
    private void builds() {
        Map<String, Long> builds = document.cells().stream()
                .filter(cell -> cell.stands(CellState.Standing.DONE) && cell.trainedBy() != null)
                .collect(Collectors.groupingBy(
                        cell -> Versions.name(cell.trainedBy()), LinkedHashMap::new, Collectors.counting()));
        if (!builds.isEmpty()) {
            page.paragraph("Trained by "
                    + builds.entrySet().stream()
                            .map(build -> build.getKey() + " (" + build.getValue()
                                    + (build.getValue() == 1 ? " run)" : " runs)"))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }

    private void section(Comparison comparison) {
        page.paragraph("## " + comparison.dataset() + ", trained at " + ComparisonWords.radius(comparison, document));
        if (comparison.runs().isEmpty()) {
            page.paragraph("Nothing is measured yet.");
            return;
        }
        ExperimentSpec spec = comparison.runs().get(0).cell().spec();
        page.paragraph(String.format(
                Locale.ROOT,
                "%s, %d epochs, batch %d, learning rate %s, lambda %s, training attack %s with %d steps; %d x %d x %d pixels, "
                        + "%d training images; test images: %s.",
                spec.network(),
                spec.epochs(),
                spec.batchSize(),
                Cell.plain(spec.optimizer().learningRate()),
                Cell.plain(spec.lambda()),
                spec.attack().name(),
                spec.attack().steps(),
                comparison.set().channels(),
                comparison.set().height(),
                comparison.set().width(),
                comparison.set().images().get(SplitNames.TRAIN),
                ComparisonWords.imagesOf(comparison)));
        sentences(comparison);
        for (String metric : BenchmarkReport.METRICS) {
            figures(comparison, metric);
        }
        CostTable.write(comparison, document, page);
        PairedTestTable.write(comparison, page);
        TransferTable.write(comparison, document, page);
        FullSuiteTable.write(comparison, page);
        flags(comparison);
    }

    private void sentences(Comparison comparison) {
        List<String> lines = verdicts.stream()
                .filter(verdict -> verdict.dataset().equals(comparison.dataset())
                        && verdict.trainingEpsilon() == comparison.epsilon())
                .map(ComparisonVerdict::inMarkdown)
                .toList();
        if (!lines.isEmpty()) {
            page.paragraph("### In words");
            page.paragraph(String.join("\n", lines));
            page.paragraph(
                    "The table of paired tests below has the differences. \"Shown\" needs several seeds of both. Of one run each, a"
                            + " difference is named where McNemar's corrected p is under 0.05 and the paired interval over test"
                            + " images leaves out 0; it speaks of these two models.");
        }
    }

    private void figures(Comparison comparison, String metric) {
        page.paragraph("### " + (metric.equals(FigureNames.ACCURACY) ? "Accuracy" : "Balanced accuracy"));
        List<String> header = new ArrayList<>(List.of("method"));
        comparison.columns().forEach(column -> header.add(column.name()));
        page.row(header);
        page.rule(header.size());
        for (String method : ComparisonWords.methods(comparison)) {
            List<String> cells = new ArrayList<>(List.of(ComparisonWords.marked(comparison, method)));
            comparison.summaries().stream()
                    .filter(summary ->
                            summary.method().equals(method) && summary.metric().equals(metric))
                    .map(BenchmarkMarkdownPage::cell)
                    .forEach(cells::add);
            page.row(cells);
        }
        List<String> constant = new ArrayList<>(List.of(ComparisonWords.CONSTANT));
        comparison.columns().forEach(column -> constant.add(ComparisonWords.constant(comparison, column, metric)));
        page.row(constant);
        page.blank();
        String assumed = ComparisonWords.assumed(comparison, metric);
        if (!assumed.isEmpty()) {
            page.paragraph(assumed);
        }
    }

    static String cell(Summary summary) {
        return summary.value() == null
                ? "not measured"
                : ComparisonWords.number(summary.value()) + " [" + ComparisonWords.number(summary.low()) + ", "
                        + ComparisonWords.number(summary.high()) + "] (" + summary.seeds() + ")";
    }

    private void flags(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        for (Run run : comparison.runs()) {
            for (String flag : ConditionGates.failedBy(run)) {
                lines.add("- " + run.cell().method() + ", seed " + run.cell().seed() + ": " + flag);
            }
        }
        if (!lines.isEmpty()) {
            page.paragraph("### Gates that were not passed");
            page.paragraph(String.join("\n", lines));
        }
    }

    private void notFinished() {
        List<String> lines = document.failedCells().stream()
                .map(cell -> "- " + cell.id() + ": " + cell.reason())
                .toList();
        if (!lines.isEmpty()) {
            page.paragraph("## Runs that failed");
            page.paragraph(String.join("\n", lines));
        }
    }
}
