package org.rtda.cli.benchmark.page;

import static org.rtda.report.TableCell.figure;
import static org.rtda.report.TableCell.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.Run;
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
        if (!measured.isEmpty()) {
            blocks.add(ReportBlock.facts(sentences()));
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

    private List<ReportBlock.Fact> sentences() {
        List<ReportBlock.Fact> facts = new ArrayList<>();
        facts.add(new ReportBlock.Fact("What was compared", compared()));
        for (Comparison comparison : measured) {
            // of one data set and radius, the sentence above has said which
            String where = measured.size() == 1 ? "" : ", " + where(comparison);
            ComparisonVerdict.of(comparison, methods).stream()
                    .filter(verdict -> verdict.isOfTheFront(comparison.attacked()))
                    .forEach(verdict -> facts.add(new ReportBlock.Fact(
                            verdict.question() + where, verdict.condition() + ": " + verdict.sentence())));
        }
        facts.add(new ReportBlock.Fact("Can it be believed", believed()));
        return List.copyOf(facts);
    }

    /** All runs of a grid are alike but for what this says. */
    private String compared() {
        List<Cell> cells = measured.stream()
                .flatMap(comparison -> comparison.runs().stream())
                .map(Run::cell)
                .toList();
        List<String> seeds = cells.stream()
                .map(Cell::seed)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        return "Methods "
                + cells.stream().map(Cell::method).distinct().collect(Collectors.joining(", "))
                + " on " + measured.stream().map(ComparisonFront::where).collect(Collectors.joining(", "))
                + ": network " + cells.get(0).spec().network() + ", "
                + cells.get(0).spec().epochs() + " epochs, "
                + (seeds.size() == 1 ? "seed " : "seeds ") + String.join(", ", seeds) + ".";
    }

    private String believed() {
        return flags.rows().isEmpty()
                ? "No run fails a gate that was judged."
                : "Not all of it: a run fails a gate in "
                        + measured.stream()
                                .flatMap(comparison -> ComparisonWords.methods(comparison).stream()
                                        .flatMap(method -> flags.of(comparison, method).stream()
                                                .map(flag -> method
                                                        + (measured.size() == 1 ? "" : " on " + where(comparison))
                                                        + " (⚑" + flag.id() + ")")))
                                .collect(Collectors.joining(", "))
                        + ". Figures of a flagged method should not be relied on.";
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
