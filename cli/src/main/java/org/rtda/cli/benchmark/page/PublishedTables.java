package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.terminal.CommandFailure;

/** Tables in Markdown of what a published file says on one data set at one radius; their heads say which columns are wanted. */
final class PublishedTables {
    private final String name;
    private final PublishedResults file;
    private final String dataset;
    private final double epsilon;

    /** @param name of the file, for messages */
    PublishedTables(String name, PublishedResults file, String dataset, double epsilon) {
        this.name = name;
        this.file = file;
        this.dataset = dataset;
        this.epsilon = epsilon;
    }

    /**
     * A row for each method. One that has a run which fails a gate is marked.
     *
     * @param old the table as it is, its head at least
     * @throws CommandFailure when there is no head, no figure at all, or none in a column
     */
    List<String> figures(String metric, List<String> old) {
        List<Summary> summaries = file.summaries().stream()
                .filter(summary -> summary.dataset().equals(dataset)
                        && summary.trainingEpsilon() == epsilon
                        && summary.metric().equals(metric))
                .toList();
        Set<String> methods = new LinkedHashSet<>();
        summaries.forEach(summary -> methods.add(summary.method()));
        return table(old, "figure of " + metric, methods, (method, column) -> summaries.stream()
                .filter(summary ->
                        summary.method().equals(method) && summary.column().equals(column))
                .findFirst()
                .map(BenchmarkMarkdownPage::cell));
    }

    /**
     * A row for each method that the proposed one is compared with.
     *
     * @param old the table as it is, its head at least
     * @throws CommandFailure when there is no head, no test at all, or none in a column
     */
    List<String> verdicts(List<String> old) {
        List<PairedTest> tests = file.pairedTests().stream()
                .filter(test -> test.dataset().equals(dataset) && test.trainingEpsilon() == epsilon)
                .toList();
        Set<String> methods = new LinkedHashSet<>();
        tests.forEach(test -> methods.add(test.baseline()));
        return table(old, "paired test", methods, (method, column) -> tests.stream()
                .filter(test ->
                        test.baseline().equals(method) && test.condition().equals(column))
                .findFirst()
                .map(ComparisonWords::verdict));
    }

    private List<String> table(
            List<String> old, String what, Set<String> methods, BiFunction<String, String, Optional<String>> cell) {
        if (old.size() < 2 || !old.get(0).startsWith("|")) {
            throw new CommandFailure("the table of " + dataset + " at " + Cell.plain(epsilon)
                    + " must have a header row that names its columns");
        }
        if (methods.isEmpty()) {
            throw new CommandFailure(name + " has no " + what + " of " + dataset + " at " + Cell.plain(epsilon));
        }
        List<String> columns = Arrays.stream(old.get(0).substring(1).split("\\|"))
                .map(String::strip)
                .skip(1)
                .toList();
        List<String> lines = new ArrayList<>(old.subList(0, 2));
        for (String method : methods) {
            List<String> cells = new ArrayList<>(List.of(isFlagged(method) ? method + ComparisonWords.MARK : method));
            for (String column : columns) {
                cells.add(cell.apply(method, column)
                        .orElseThrow(() -> new CommandFailure("the table of " + dataset + " at " + Cell.plain(epsilon)
                                + " has a column " + column + " that its file lacks")));
            }
            lines.add("| " + String.join(" | ", cells) + " |");
        }
        return lines;
    }

    private boolean isFlagged(String method) {
        return file.cells().stream()
                .anyMatch(cell -> cell.dataset().equals(dataset)
                        && cell.method().equals(method)
                        && (cell.trainingEpsilon() == null || cell.trainingEpsilon() == epsilon)
                        && !cell.flags().isEmpty());
    }
}
