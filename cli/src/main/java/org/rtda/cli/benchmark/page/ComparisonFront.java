package org.rtda.cli.benchmark.page;

import static org.rtda.report.TableCell.figure;
import static org.rtda.report.TableCell.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** The first page of a comparison: its verdicts in sentences, one figure and one table. */
final class ComparisonFront {
    private final List<Comparison> measured;
    private final List<String> methods;
    private final MethodFlags flags;

    /** @param methods of the grid, measured or not */
    ComparisonFront(List<Comparison> comparisons, List<String> methods, MethodFlags flags) {
        this.measured = comparisons.stream()
                .filter(comparison -> !comparison.runs().isEmpty())
                .toList();
        this.methods = methods;
        this.flags = flags;
    }

    Report.Section section() {
        List<ReportBlock> blocks = new ArrayList<>();
        if (measured.isEmpty()) {
            blocks.add(ReportBlock.text("Nothing is measured yet."));
        }
        List<ReportBlock.Fact> verdicts = measured.stream()
                .flatMap(comparison -> ComparisonVerdict.of(comparison, methods).stream()
                        .filter(verdict -> verdict.isOfTheFront(comparison.attacked()))
                        .map(verdict -> new ReportBlock.Fact(
                                verdict.question() + ", " + where(comparison),
                                verdict.condition() + ": " + verdict.sentence())))
                .toList();
        if (!verdicts.isEmpty()) {
            blocks.add(ReportBlock.facts(verdicts));
        }
        measured.stream()
                .flatMap(comparison -> RadiusCharts.of(comparison, flags).stream())
                .findFirst()
                .map(ReportBlock::chart)
                .ifPresent(blocks::add);
        if (!measured.isEmpty()) {
            blocks.add(ReportBlock.table(table()));
        }
        return new Report.Section("headline", "In short", blocks, Report.Part.FRONT);
    }

    private Table table() {
        List<Table.Row> rows = new ArrayList<>();
        for (Comparison comparison : measured) {
            for (String method : ComparisonWords.methods(comparison)) {
                List<TableCell> cells = new ArrayList<>(List.of(text(method), text(where(comparison))));
                Stream.of(Column.CLEAN, comparison.attacked(), Column.HELD_OUT)
                        .map(column -> cell(comparison, method, column))
                        .forEach(cells::add);
                rows.add(Table.Row.of(cells));
            }
        }
        return new Table(
                "Mean over seeds of balanced accuracy",
                List.of("Method", "Data set", "Clean", "Attacked as in training", "Held-out corruptions"),
                rows);
    }

    private TableCell cell(Comparison comparison, String method, String column) {
        return comparison.summaries().stream()
                .filter(summary -> summary.method().equals(method)
                        && summary.column().equals(column)
                        && summary.metric().equals(BenchmarkReport.HEADLINE)
                        && summary.value() != null)
                .findFirst()
                .map(summary -> figure(ComparisonSection.of(summary), flags.of(comparison, method)))
                .orElse(text("not measured"));
    }

    private static String where(Comparison comparison) {
        return comparison.dataset() + " at " + ComparisonWords.radius(comparison);
    }
}
