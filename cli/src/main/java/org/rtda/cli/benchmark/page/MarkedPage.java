package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rtda.cli.benchmark.page.PublishedResults.PublishedCell;
import org.rtda.cli.terminal.CommandFailure;

/**
 * A page written by people that contains marked blocks with figures of published benchmarks. A comment before a table
 * or a list names what stands there; a table's head says which columns are wanted:
 *
 * <pre>
 * &lt;!-- figures: FILE, DATA SET, RADIUS, METRIC --&gt;
 * | method | clean | pgd-l2-10@0.5 |
 * |---|---|---|
 *
 * &lt;!-- verdicts: FILE, DATA SET, RADIUS --&gt;
 * | rtda against | clean | pgd-l2-10@0.5 |
 * |---|---|---|
 *
 * &lt;!-- runs: FILE, FILE --&gt;
 * </pre>
 */
final class MarkedPage {
    private static final Pattern BEGINNING = Pattern.compile("<!-- (?:figures|verdicts|runs)\\b");
    private static final Pattern MARK = Pattern.compile("<!-- (figures|verdicts|runs): ([^>]+) -->\n((?:[|-] ?.*\n)*)");
    private static final String FORMS = "a mark must be <!-- figures: FILE, DATA SET, RADIUS, METRIC -->,"
            + " <!-- verdicts: FILE, DATA SET, RADIUS --> or <!-- runs: FILE, FILE -->, alone on its line, ";

    private final Function<String, PublishedResults> files;

    /** @param files by the name that the page gives them */
    MarkedPage(Function<String, PublishedResults> files) {
        this.files = files;
    }

    /**
     * The page with every marked table and list as its file has it now.
     *
     * @throws CommandFailure when a mark lacks a part, a table its head, or a file what a mark names
     */
    String rewritten(String page) {
        Matcher beginnings = BEGINNING.matcher(page);
        Matcher marks = MARK.matcher(page);
        while (beginnings.find()) {
            if (!marks.find() || marks.start() != beginnings.start()) {
                throw new CommandFailure(FORMS + "was "
                        + page.substring(beginnings.start()).lines().findFirst().orElseThrow());
            }
        }
        return MARK.matcher(page).replaceAll(found -> Matcher.quoteReplacement(block(found)));
    }

    private String block(MatchResult mark) {
        String kind = mark.group(1);
        List<String> parts =
                Arrays.stream(mark.group(2).split(",")).map(String::strip).toList();
        List<String> lines = new ArrayList<>();
        lines.add("<!-- " + kind + ": " + mark.group(2) + " -->");
        if (kind.equals("runs")) {
            lines.addAll(runs(parts));
        } else {
            boolean figures = kind.equals("figures");
            if (parts.size() != (figures ? 4 : 3)) {
                throw new CommandFailure(FORMS + "was " + lines.get(0));
            }
            PublishedTables tables = new PublishedTables(
                    parts.get(0), files.apply(parts.get(0)), parts.get(1), Double.parseDouble(parts.get(2)));
            List<String> old = mark.group(3).lines().toList();
            lines.addAll(figures ? tables.figures(parts.get(3), old) : tables.verdicts(old));
        }
        return String.join("\n", lines) + "\n";
    }

    /** How many runs are done: of each data set by seed, and in all. A run that several files have counts once. */
    private List<String> runs(List<String> names) {
        Map<String, TreeMap<Long, Integer>> bySet = new TreeMap<>();
        Set<String> counted = new HashSet<>();
        for (String name : names) {
            for (PublishedCell cell : files.apply(name).cells()) {
                if (cell.standing().equals("DONE") && counted.add(cell.id())) {
                    bySet.computeIfAbsent(cell.dataset(), any -> new TreeMap<>())
                            .merge(cell.seed(), 1, Integer::sum);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        bySet.forEach((set, seeds) -> lines.add("- `" + set + "`: "
                + inWords(seeds.values().stream().mapToInt(Integer::intValue).sum()) + " ("
                + seeds.entrySet().stream()
                        .map(seed -> "seed " + seed.getKey() + ": " + seed.getValue())
                        .collect(Collectors.joining(", "))
                + ")"));
        lines.add("- in all: " + inWords(counted.size()));
        return lines;
    }

    private static String inWords(int runs) {
        return runs + (runs == 1 ? " run" : " runs");
    }
}
