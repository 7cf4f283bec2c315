package org.rtda.cli.benchmark.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ElementLines;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.PublishedRun;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.benchmark.result.TrainingCurve;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.Subset;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/**
 * {@code published.json}: the figures behind the tables, curves and sentences of a benchmark, small enough to be
 * committed. One element a line. What is left out stands in {@code results.json}: other metrics, notes, tests of single
 * corruptions. The answers of each run, image by image, are in the files of its runs ({@link PublishedRun}). A field may be added; anything else gets another schema version.
 *
 * @param versions of what wrote this file; each cell says which build had it trained
 * @param specifications by data set: what all its runs have in common
 * @param cells every cell of the grid, finished or not
 * @param figures of the final evaluations
 * @param summaries over seeds, as {@code results.md} shows them
 * @param pairedTests of the tables' columns
 * @param verdicts in words
 * @param transfer accuracy on images made against other models
 * @param full figures of the full suite; corruptions are left out
 * @param gates of the full suite
 * @param curves of the trainings, as far as they were kept
 * @param conditions what the labels of the figures mean, each once; null in files of earlier builds
 */
record PublishedResults(
        int schemaVersion,
        Map<String, String> versions,
        ResultsDocument.Grid grid,
        Map<String, JsonNode> specifications,
        List<PublishedCell> cells,
        List<PublishedFigure> figures,
        List<Summary> summaries,
        List<PairedTest> pairedTests,
        List<ComparisonVerdict> verdicts,
        List<TransferMatrix.Entry> transfer,
        List<PublishedFigure> full,
        List<PublishedGate> gates,
        List<PublishedCurve> curves,
        List<PublishedCondition> conditions) {

    static final String FILE = "published.json";
    static final int SCHEMA_VERSION = 1;

    private static final int DECIMALS = 6;

    /**
     * @param trainingEpsilon null for a method that trains without attacks
     * @param standing {@code WAITING}, {@code SUBMITTED}, {@code DONE} or {@code FAILED}
     * @param seconds of training, wall time; null while it is not done
     * @param flags gates of credibility that it fails
     * @param trainedBy versions of the build that had it trained; absent where nobody recorded them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublishedCell(
            String id,
            String dataset,
            Double trainingEpsilon,
            String method,
            long seed,
            String standing,
            String experiment,
            String reason,
            Long steps,
            Double seconds,
            Long gradientEvaluations,
            List<String> flags,
            Map<String, String> trainedBy) {
        private static PublishedCell of(ResultsDocument.CellRow cell, ResultsDocument.Cost cost) {
            return new PublishedCell(
                    cell.id(),
                    cell.dataset(),
                    cell.trainingEpsilon(),
                    cell.method(),
                    cell.seed(),
                    cell.standing(),
                    cell.experiment(),
                    cell.reason(),
                    cost == null ? null : cost.steps(),
                    cost == null ? null : rounded(cost.trainingSeconds(), 1),
                    cost == null ? null : cost.gradientEvaluations(),
                    cell.flags(),
                    cell.trainedBy());
        }
    }

    /**
     * Rounded to six decimals.
     *
     * @param n images
     * @param subset of the split's images that the condition is about; absent for all of them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublishedFigure(
            String cell, String condition, String metric, Double value, Double low, Double high, int n, Subset subset) {
        private static PublishedFigure of(Cell cell, ResultRow row) {
            return new PublishedFigure(
                    cell.id(),
                    row.condition(),
                    row.metric(),
                    rounded(row.value(), DECIMALS),
                    rounded(row.low(), DECIMALS),
                    rounded(row.high(), DECIMALS),
                    row.n(),
                    row.subset());
        }
    }

    /** @param outcome PASSED, FAILED or NOT_JUDGED */
    record PublishedGate(String cell, String gate, String outcome, String finding) {}

    record PublishedCondition(String label, Condition condition) {}

    record PublishedCurve(String cell, String experiment, TrainingCurve curve) {}

    /** @param runs that are done, each once */
    static PublishedResults of(ResultsDocument document, List<Run> runs, List<Comparison> comparisons) {
        Map<String, ResultsDocument.Cost> costs = new LinkedHashMap<>();
        document.costs().forEach(cost -> costs.put(cost.experiment(), cost));
        List<PublishedFigure> figures = new ArrayList<>();
        List<PublishedFigure> full = new ArrayList<>();
        List<PublishedGate> gates = new ArrayList<>();
        List<PublishedCurve> curves = new ArrayList<>();
        for (Run run : runs) {
            run.result().rows().stream()
                    .filter(PublishedResults::isPublished)
                    .forEach(row -> figures.add(PublishedFigure.of(run.cell(), row)));
            run.full().ifPresent(found -> {
                FullTable.conditions(List.of(run)).stream()
                        .flatMap(condition -> FullTable.figure(run, condition).stream())
                        .forEach(row -> full.add(PublishedFigure.of(run.cell(), row)));
                for (Evaluation.Gate gate : found.gates()) {
                    gates.add(new PublishedGate(run.cell().id(), gate.gate(), gate.outcome(), gate.finding()));
                }
            });
            TrainingCurve curve = run.result().training().curve();
            if (curve != null) {
                curves.add(new PublishedCurve(run.cell().id(), run.result().experiment(), curve));
            }
        }
        return new PublishedResults(
                SCHEMA_VERSION,
                document.versions(),
                document.grid(),
                specifications(document),
                document.cells().stream()
                        .map(cell -> PublishedCell.of(cell, costs.get(cell.experiment())))
                        .toList(),
                figures,
                document.summaries(),
                comparisons.stream().flatMap(c -> c.shownTests().stream()).toList(),
                comparisons.stream()
                        .filter(comparison -> !comparison.runs().isEmpty())
                        .flatMap(comparison ->
                                ComparisonVerdict.of(comparison, document.grid().methods()).stream())
                        .toList(),
                comparisons.stream()
                        .filter(comparison -> !comparison.runs().isEmpty())
                        .flatMap(comparison -> TransferMatrix.entries(comparison).stream())
                        .toList(),
                full,
                gates,
                curves,
                conditions(runs));
    }

    private static List<PublishedCondition> conditions(List<Run> runs) {
        Map<String, Condition> byLabel = new LinkedHashMap<>();
        for (Run run : runs) {
            Stream.concat(
                            run.result().rows().stream().filter(PublishedResults::isPublished),
                            run.full().stream()
                                    .flatMap(full -> full.rows().stream())
                                    .filter(FullTable::isShown))
                    .forEach(row -> byLabel.putIfAbsent(row.condition(), row.conditionDetails()));
        }
        return byLabel.entrySet().stream()
                .map(each -> new PublishedCondition(each.getKey(), each.getValue()))
                .toList();
    }

    /** A single corruption has balanced accuracy alone. */
    private static boolean isPublished(ResultRow row) {
        return row.conditionDetails().kind() == Condition.Kind.CORRUPTION
                ? row.metric().equals(BenchmarkReport.HEADLINE)
                : PublishedRun.isKept(row);
    }

    /** Without what tells the cells of a data set apart. */
    private static Map<String, JsonNode> specifications(ResultsDocument document) {
        Map<String, JsonNode> specifications = new LinkedHashMap<>();
        for (ResultsDocument.CellRow cell : document.cells()) {
            ObjectNode common = cell.spec().deepCopy();
            common.remove(List.of("dataset", "method", "seed"));
            ((ObjectNode) common.get("attack")).remove(List.of("epsilon", "stepSize"));
            specifications.putIfAbsent(cell.dataset(), common);
        }
        return specifications;
    }

    private static Double rounded(Double value, int decimals) {
        return value == null
                ? null
                : (Double) BigDecimal.valueOf(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .doubleValue();
    }

    /** As JSON with an element a line. */
    String text() {
        return ElementLines.text(this);
    }
}
