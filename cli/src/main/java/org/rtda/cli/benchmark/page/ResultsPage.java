package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.ConditionGates;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.rest.ResultEntry;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.core.comparison.Difference;
import org.rtda.core.metrics.McNemar;

/** {@code results.md}: a table like the paper's for each data set and strength, with what must be known to read it. */
final class ResultsPage {
    static final String CONSTANT = "a constant answer";

    private static final String NONE = "-";

    private final ResultsDocument document;
    private final List<Comparison> comparisons;
    private final List<ComparisonVerdict> verdicts;
    private final StringBuilder page = new StringBuilder();

    ResultsPage(ResultsDocument document, List<Comparison> comparisons, List<ComparisonVerdict> verdicts) {
        this.document = document;
        this.comparisons = comparisons;
        this.verdicts = verdicts;
    }

    String text() {
        paragraph("# Benchmark");
        paragraph(standing());
        paragraph("Written by `rtda benchmark`. What the tables, the curves and the sentences rest on is in `"
                + PublishedResults.FILE + "`; every figure is in `results.json` of the benchmark's own folder."
                + " Not for clinical use.");
        paragraph("""
                - A cell is the mean over seeds with Student's 95%% interval over seeds, and the number of seeds in brackets. The
                  interval speaks of training randomness alone and is not cut to [0, 1]. With one seed, or where
                  all seeds have the same figure, it is the runs' interval over test images instead. With one seed no difference
                  is called one.
                - Balanced accuracy is the headline. A constant answer, the last row of a table, names the commonest class for every
                  image: it scores 1/classes there, and the share of that class in plain accuracy.
                - Threat model: white box, untargeted; the column names attack, steps and epsilon in unit pixels. This is not
                  AutoAttack. Every method had the same epochs, batches, optimiser and evaluation.
                - Held-out corruptions leave out %s, which AugMix applies in training too.
                - A method that trains without attacks is trained once a seed and stands in the table of every strength.
                - † marks a method with a run that fails a gate; the gates are listed under the tables.""".formatted(CorruptionKind.sharedWithAugMix()));
        for (Comparison comparison : comparisons) {
            section(comparison);
        }
        notFinished();
        return page.toString();
    }

    private String standing() {
        long done = document.cells().stream()
                .filter(cell -> cell.standing().equals("DONE"))
                .count();
        return done + " of " + document.cells().size() + " cells are done"
                + (done == document.cells().size() ? "." : "; **this is not the final table**.");
    }

    private void section(Comparison comparison) {
        paragraph("## " + comparison.dataset() + ", trained at epsilon " + Cell.plain(comparison.epsilon()));
        if (comparison.runs().isEmpty()) {
            paragraph("Nothing is measured yet.");
            return;
        }
        ExperimentSpec spec = comparison.runs().get(0).cell().spec();
        paragraph(String.format(
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
                comparison.set().images().get("train"),
                imagesOf(comparison)));
        sentences(comparison);
        for (String metric : BenchmarkReport.METRICS) {
            figures(comparison, metric);
        }
        costs(comparison);
        tests(comparison);
        transfer(comparison);
        full(comparison);
        flags(comparison);
    }

    private void sentences(Comparison comparison) {
        List<String> lines = verdicts.stream()
                .filter(verdict -> verdict.dataset().equals(comparison.dataset())
                        && verdict.trainingEpsilon() == comparison.epsilon())
                .map(ComparisonVerdict::inMarkdown)
                .toList();
        if (!lines.isEmpty()) {
            paragraph("### In words");
            paragraph(String.join("\n", lines));
            paragraph(
                    "Differences are rtda's figure minus the other's; their intervals are those of the paired tests below. \"Shown\""
                            + " needs several seeds of both. Of one run each, a difference is named where McNemar's corrected p is"
                            + " under 0.05 and the paired interval over test images leaves out 0; it speaks of these two models.");
        }
    }

    /** How many of the test images the runs were judged on, in words. */
    static String imagesOf(Comparison comparison) {
        ResultEntry clean = comparison.runs().get(0).result().figure(Column.CLEAN, FigureNames.ACCURACY);
        return clean == null ? "unknown" : Subset.imagesInWords(clean.n(), clean.subset());
    }

    private void figures(Comparison comparison, String metric) {
        paragraph("### " + (metric.equals(FigureNames.ACCURACY) ? "Accuracy" : "Balanced accuracy"));
        List<String> header = new ArrayList<>(List.of("method"));
        comparison.columns().forEach(column -> header.add(column.name()));
        row(header);
        rule(header.size());
        for (String method : methods(comparison)) {
            List<String> cells = new ArrayList<>(List.of(method + (isFlagged(comparison, method) ? " †" : "")));
            comparison.summaries().stream()
                    .filter(summary ->
                            summary.method().equals(method) && summary.metric().equals(metric))
                    .map(ResultsPage::cell)
                    .forEach(cells::add);
            row(cells);
        }
        List<String> constant = new ArrayList<>(List.of(CONSTANT));
        comparison.columns().forEach(column -> constant.add(constant(comparison, column, metric)));
        row(constant);
        page.append('\n');
        String assumed = assumed(comparison, metric);
        if (!assumed.isEmpty()) {
            paragraph(assumed);
        }
    }

    /** What a constant answer scores; the runs judge the same images, so that the first that says it is enough. */
    static String constant(Comparison comparison, Column column, String metric) {
        return comparison.runs().stream()
                .map(run -> column.constant(run.result(), metric))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .map(constant -> number(constant.getAsDouble()))
                .orElse(NONE);
    }

    /** A sentence on the columns that rest on a healthy class that nobody named; empty where none does. */
    static String assumed(Comparison comparison, String metric) {
        List<String> columns = comparison.columns().stream()
                .filter(column ->
                        comparison.runs().stream().anyMatch(run -> column.assumesHealthyClass(run.result(), metric)))
                .map(Column::name)
                .toList();
        return columns.isEmpty()
                ? ""
                : "In " + String.join(", ", columns) + ": " + HealthyClass.ASSUMED + ", for the import of "
                        + comparison.dataset() + " names none.";
    }

    static String cell(Summary summary) {
        return summary.value() == null
                ? "not measured"
                : number(summary.value()) + " [" + number(summary.low()) + ", " + number(summary.high()) + "] ("
                        + summary.seeds() + ")";
    }

    private void costs(Comparison comparison) {
        paragraph("### Cost of training");
        row(List.of(
                "method",
                "gradient evaluations per image and epoch",
                "in all, a run",
                "seconds of training, mean",
                "of it waiting for workers"));
        rule(5);
        for (String method : methods(comparison)) {
            List<ResultsDocument.Cost> costs = document.costs().stream()
                    .filter(cost -> comparison.runs().stream()
                            .anyMatch(run -> run.cell().method().equals(method)
                                    && run.result().experiment().equals(cost.experiment())))
                    .toList();
            row(List.of(
                    method,
                    Integer.toString(costs.get(0).gradientEvaluationsPerImage()),
                    Long.toString(costs.get(0).gradientEvaluations()),
                    seconds(costs.stream()
                            .mapToDouble(ResultsDocument.Cost::trainingSeconds)
                            .average()
                            .orElseThrow()),
                    seconds(costs.stream()
                            .mapToDouble(ResultsDocument.Cost::waitSeconds)
                            .average()
                            .orElseThrow())));
        }
        page.append('\n');
        paragraph(
                "A gradient evaluation is one forward and backward pass of one image: one for each view that the loss sees, one"
                        + " for each attack step. Seconds depend on the machine, on its other work and on the number of workers.");
    }

    private void tests(Comparison comparison) {
        List<PairedTest> tests = comparison.shownTests();
        if (tests.isEmpty()) {
            return;
        }
        paragraph("### " + BenchmarkGrid.PROPOSED + " against each baseline, paired");
        row(List.of(
                "condition",
                "baseline",
                "seeds",
                "balanced accuracy, difference",
                "accuracy, difference",
                "only rtda right / only baseline, by seed",
                "McNemar, combined",
                "with Holm",
                "difference"));
        rule(9);
        for (PairedTest test : tests) {
            row(List.of(
                    test.condition(),
                    test.baseline(),
                    Integer.toString(test.seeds()),
                    difference(test.balancedAccuracy()),
                    difference(test.accuracy()),
                    counts(test),
                    p(test.combined()),
                    p(test.combinedHolm()),
                    test.verdict()));
        }
        page.append('\n');
        paragraph("""
                McNemar's test is the exact binomial one, for each seed on the same images. Seeds share their test images, so their
                p-values depend on each other and image x seed pairs must not be stacked; they are combined by twice their mean (Vovk
                and Wang 2020), which holds under any dependence, and corrected by Holm over the baselines of the condition.
                Differences are means of the seeds' paired differences with Student's 95% interval; where all seeds differ by the
                same, it is the interval over test images. A difference is called one where
                the corrected p is under 0.05 and the interval of the accuracy's difference leaves out 0, and not where one of the
                runs is a constant; a mean over corruptions has no McNemar test, so none is called there.""");
    }

    static String difference(Difference difference) {
        if (difference.mean() == null) {
            return NONE;
        }
        return signed(difference.mean())
                + (difference.low() == null
                        ? ""
                        : " [" + signed(difference.low()) + ", " + signed(difference.high()) + "]");
    }

    static String counts(PairedTest test) {
        if (test.ofSeeds().isEmpty()) {
            return NONE;
        }
        List<String> counts = new ArrayList<>();
        for (McNemar seed : test.ofSeeds().values()) {
            counts.add(seed.onlyFirst() + "/" + seed.onlySecond());
        }
        return String.join(", ", counts);
    }

    private void transfer(Comparison comparison) {
        List<TransferMatrix.Entry> entries = TransferMatrix.entries(comparison);
        if (entries.isEmpty()) {
            return;
        }
        paragraph("### Transfer");
        for (long seed :
                entries.stream().map(TransferMatrix.Entry::seed).distinct().toList()) {
            List<TransferMatrix.Entry> ofSeed =
                    entries.stream().filter(entry -> entry.seed() == seed).toList();
            List<String> sources = ofSeed.stream()
                    .map(TransferMatrix.Entry::source)
                    .distinct()
                    .sorted(Comparator.comparingInt(document.grid().methods()::indexOf))
                    .toList();
            List<String> header = new ArrayList<>(List.of("seed " + seed + ", judged"));
            sources.forEach(source -> header.add("made against " + source));
            row(header);
            rule(header.size());
            for (String judged :
                    ofSeed.stream().map(TransferMatrix.Entry::judged).distinct().toList()) {
                List<String> cells = new ArrayList<>(List.of(judged));
                for (String source : sources) {
                    cells.add(ofSeed.stream()
                            .filter(entry -> entry.judged().equals(judged)
                                    && entry.source().equals(source))
                            .findFirst()
                            .map(entry -> number(entry.value()))
                            .orElse(NONE));
                }
                row(cells);
            }
            page.append('\n');
        }
        paragraph("Accuracy under " + comparison.attacked()
                + " on images made against the model of the column; on the diagonal, against the model itself.");
    }

    /** The full suite has too many conditions for columns: here they are rows. */
    private void full(Comparison comparison) {
        List<Run> judged =
                comparison.runs().stream().filter(run -> run.full().isPresent()).toList();
        if (judged.isEmpty()) {
            return;
        }
        paragraph("### Full evaluation, balanced accuracy");
        List<String> header = new ArrayList<>(List.of("condition"));
        judged.forEach(
                run -> header.add(run.cell().method() + ", seed " + run.cell().seed()));
        row(header);
        rule(header.size());
        for (String condition : FullTable.conditions(judged)) {
            List<String> cells = new ArrayList<>(List.of(condition));
            judged.forEach(run -> cells.add(
                    FullTable.figure(run, condition).map(ResultsPage::ofImages).orElse("not measured")));
            row(cells);
        }
        page.append('\n');
        paragraph("Intervals are over test images.");
        header.set(0, "gate");
        row(header);
        rule(header.size());
        for (String gate : FullTable.gates(judged)) {
            List<String> cells = new ArrayList<>(List.of(gate));
            judged.forEach(run -> cells.add(FullTable.outcome(run, gate)));
            row(cells);
        }
        page.append('\n');
        List<String> failed = FullTable.failures(judged);
        if (!failed.isEmpty()) {
            paragraph("- " + String.join("\n- ", failed));
        }
    }

    private static String ofImages(ResultEntry row) {
        return number(row.value()) + " [" + number(row.low()) + ", " + number(row.high()) + "]";
    }

    private void flags(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        for (Run run : comparison.runs()) {
            for (String flag : ConditionGates.failedBy(run)) {
                lines.add("- " + run.cell().method() + ", seed " + run.cell().seed() + ": " + flag);
            }
        }
        if (!lines.isEmpty()) {
            paragraph("### Gates that were not passed");
            paragraph(String.join("\n", lines));
        }
    }

    private void notFinished() {
        List<String> lines = document.cells().stream()
                .filter(cell -> cell.standing().equals("FAILED"))
                .map(cell -> "- " + cell.id() + ": " + cell.reason())
                .toList();
        if (!lines.isEmpty()) {
            paragraph("## Cells that failed");
            paragraph(String.join("\n", lines));
        }
    }

    static Set<String> methods(Comparison comparison) {
        Set<String> methods = new LinkedHashSet<>();
        comparison.runs().forEach(run -> methods.add(run.cell().method()));
        return methods;
    }

    private static boolean isFlagged(Comparison comparison, String method) {
        return comparison.runs().stream()
                .anyMatch(run -> run.cell().method().equals(method)
                        && !ConditionGates.failedBy(run).isEmpty());
    }

    private void paragraph(String text) {
        page.append(text).append("\n\n");
    }

    private void row(List<String> cells) {
        page.append("| ");
        page.append(String.join(
                " | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
        page.append(" |\n");
    }

    private void rule(int columns) {
        page.append("|")
                .append(String.join("|", Collections.nCopies(columns, "---")))
                .append("|\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    static String seconds(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    static String p(Double value) {
        return value == null ? NONE : value < 0.001 ? "< 0.001" : number(value);
    }
}
