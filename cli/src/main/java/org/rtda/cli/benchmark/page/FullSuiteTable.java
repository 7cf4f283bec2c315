package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.List;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.contracts.result.ResultRow;

/** The evaluations by the full suite, and their gates. */
final class FullSuiteTable {
    private FullSuiteTable() {}

    /** It has too many conditions for columns: here they are rows. */
    static void write(Comparison comparison, MarkdownText page) {
        List<Run> judged =
                comparison.runs().stream().filter(run -> run.full().isPresent()).toList();
        if (judged.isEmpty()) {
            return;
        }
        page.paragraph("### Full evaluation, balanced accuracy");
        List<String> header = new ArrayList<>(List.of("condition"));
        judged.forEach(
                run -> header.add(ComparisonWords.marked(comparison, run.cell().method()) + ", seed "
                        + run.cell().seed()));
        page.row(header);
        page.rule(header.size());
        for (String condition : FullTable.conditions(judged)) {
            List<String> cells = new ArrayList<>(List.of(condition));
            judged.forEach(run -> cells.add(FullTable.figure(run, condition)
                    .map(FullSuiteTable::ofImages)
                    .orElse("not measured")));
            page.row(cells);
        }
        page.blank();
        page.paragraph("Intervals are over test images.");
        header.set(0, "gate");
        page.row(header);
        page.rule(header.size());
        for (String gate : FullTable.gates(judged)) {
            List<String> cells = new ArrayList<>(List.of(gate));
            judged.forEach(run -> cells.add(FullTable.outcome(run, gate)));
            page.row(cells);
        }
        page.blank();
    }

    private static String ofImages(ResultRow row) {
        return ComparisonWords.number(row.value()) + " [" + ComparisonWords.number(row.low()) + ", "
                + ComparisonWords.number(row.high()) + "]";
    }
}
