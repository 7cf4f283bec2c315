package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.terminal.CommandFailure;

/**
 * A page written by people that contains marked blocks with figures of published benchmarks. A comment before a table
 * or a list names what stands there; the table's head says which columns are wanted:
 *
 * <pre>
 * &lt;!-- figures: FILE, DATA SET, RADIUS, METRIC --&gt;
 * | method | clean | pgd-l2-10@0.5 |
 * |---|---|---|
 *
 * &lt;!-- verdicts: FILE, DATA SET, RADIUS --&gt;
 * </pre>
 */
final class MarkedPage {
    private static final Pattern MARK = Pattern.compile("<!-- (figures|verdicts): ([^>]+) -->\n((?:[|-] ?.*\n)*)");

    private final Function<String, PublishedResults> files;

    /** @param files by the name that the page gives them */
    MarkedPage(Function<String, PublishedResults> files) {
        this.files = files;
    }

    /**
     * The page with every marked table and list as its file has it now.
     *
     * @throws CommandFailure when a mark lacks a part, or a table its head
     */
    String rewritten(String page) {
        return MARK.matcher(page).replaceAll(found -> Matcher.quoteReplacement(block(found)));
    }

    private String block(MatchResult mark) {
        List<String> parts =
                Arrays.stream(mark.group(2).split(",")).map(String::strip).toList();
        boolean isTable = mark.group(1).equals("figures");
        if (parts.size() != (isTable ? 4 : 3)) {
            throw new CommandFailure("a mark must be <!-- figures: FILE, DATA SET, RADIUS, METRIC --> or"
                    + " <!-- verdicts: FILE, DATA SET, RADIUS -->, was <!-- " + mark.group(1) + ": " + mark.group(2)
                    + " -->");
        }
        PublishedResults file = files.apply(parts.get(0));
        double epsilon = Double.parseDouble(parts.get(2));
        List<String> lines = new ArrayList<>();
        lines.add("<!-- " + mark.group(1) + ": " + mark.group(2) + " -->");
        lines.addAll(
                isTable
                        ? table(file, parts.get(1), epsilon, parts.get(3), mark.group(3))
                        : file.verdicts().stream()
                                .filter(verdict ->
                                        verdict.dataset().equals(parts.get(1)) && verdict.trainingEpsilon() == epsilon)
                                .map(ComparisonVerdict::inMarkdown)
                                .toList());
        return String.join("\n", lines) + "\n";
    }

    private static List<String> table(
            PublishedResults file, String dataset, double epsilon, String metric, String before) {
        List<String> old = before.lines().toList();
        if (old.size() < 2 || !old.get(0).startsWith("|")) {
            throw new CommandFailure("the table of " + dataset + " at " + Cell.plain(epsilon)
                    + " must have a header row that names its columns");
        }
        List<String> columns = Arrays.stream(old.get(0).substring(1).split("\\|"))
                .map(String::strip)
                .skip(1)
                .toList();
        List<Summary> summaries = file.summaries().stream()
                .filter(summary -> summary.dataset().equals(dataset)
                        && summary.trainingEpsilon() == epsilon
                        && summary.metric().equals(metric))
                .toList();
        Set<String> methods = new LinkedHashSet<>();
        summaries.forEach(summary -> methods.add(summary.method()));
        List<String> lines = new ArrayList<>(old.subList(0, 2));
        for (String method : methods) {
            List<String> cells = new ArrayList<>(List.of(method));
            for (String column : columns) {
                cells.add(summaries.stream()
                        .filter(summary -> summary.method().equals(method)
                                && summary.column().equals(column))
                        .findFirst()
                        .map(ResultsPage::cell)
                        .orElseThrow(() -> new CommandFailure(String.format(
                                Locale.ROOT,
                                "the table of %s at %s has a column %s that its file lacks",
                                dataset,
                                Cell.plain(epsilon),
                                column))));
            }
            lines.add("| " + String.join(" | ", cells) + " |");
        }
        return lines;
    }
}
