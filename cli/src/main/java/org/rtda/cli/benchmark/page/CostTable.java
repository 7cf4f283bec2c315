package org.rtda.cli.benchmark.page;

import java.util.List;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ResultsDocument;

/** The table of costs: steps, time and gradient evaluations of each method's training. */
final class CostTable {
    private CostTable() {}

    static void write(Comparison comparison, ResultsDocument document, MarkdownText page) {
        page.paragraph("### Cost of training");
        page.row(List.of(
                "method",
                "gradient evaluations per image and epoch",
                "in all, a run",
                "seconds of training, mean",
                "of it waiting for workers"));
        page.rule(5);
        for (String method : ComparisonWords.methods(comparison)) {
            List<ResultsDocument.Cost> costs = document.costs().stream()
                    .filter(cost -> comparison.runs().stream()
                            .anyMatch(run -> run.cell().method().equals(method)
                                    && run.result().experiment().equals(cost.experiment())))
                    .toList();
            page.row(List.of(
                    method,
                    Integer.toString(costs.get(0).gradientEvaluationsPerImage()),
                    Long.toString(costs.get(0).gradientEvaluations()),
                    ComparisonWords.seconds(costs.stream()
                            .mapToDouble(ResultsDocument.Cost::trainingSeconds)
                            .average()
                            .orElseThrow()),
                    ComparisonWords.seconds(costs.stream()
                            .mapToDouble(ResultsDocument.Cost::waitSeconds)
                            .average()
                            .orElseThrow())));
        }
        page.blank();
        String interrupted = interrupted(comparison);
        if (!interrupted.isEmpty()) {
            page.paragraph(interrupted);
        }
        page.paragraph(
                "A gradient evaluation is one forward and backward pass of one image: one for each view that the loss sees, one"
                        + " for each attack step. Seconds depend on the machine, on its other work and on the number of workers.");
    }

    /** A sentence on the runs that were; empty where none was. */
    static String interrupted(Comparison comparison) {
        List<String> runs = comparison.runs().stream()
                .filter(run -> run.result().training().interruptions() != null
                        && run.result().training().interruptions() > 0)
                .map(run -> run.cell().method() + ", seed " + run.cell().seed() + " ("
                        + run.result().training().interruptions() + ")")
                .toList();
        return runs.isEmpty()
                ? ""
                : "Interrupted, and continued from a checkpoint, so many times: " + String.join("; ", runs)
                        + ". A step that was done twice counts once here, so these runs took longer.";
    }
}
