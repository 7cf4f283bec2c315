package org.rtda.cli.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.EventCodec;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.McNemar;
import org.rtda.core.metrics.PairedDifference;

/**
 * {@code docs/results.md} says what the committed files of the comparison say. A table is led by a comment that names the
 * file, the data set, the radius of training and the figure: {@code <!-- figures: FILE, DATA SET, RADIUS, METRIC -->}.
 */
class PublishedResultsTest {
    private static final Path ROOT = Path.of(System.getProperty("rtda.root"));
    private static final Pattern MARK =
            Pattern.compile("<!-- figures: ([^,]+), ([^,]+), ([^,]+), ([^ ]+) -->\n((?:\\|.*\n)+)");
    private static final Pattern VERDICTS =
            Pattern.compile("<!-- verdicts: ([^,]+), ([^,]+), ([^ ]+) -->\n((?:\\|.*\n)+)");
    private static final Pattern RUNS = Pattern.compile("<!-- runs: ([^>]+) -->\n((?:- .*\n)+)");
    private static final Pattern FIGURE = Pattern.compile("\\b[01]\\.\\d{3}\\b");

    @Test
    void everyCellOfATableIsTheFileSFigure() throws IOException {
        Matcher tables = MARK.matcher(read("docs/results.md"));
        int cells = 0;
        while (tables.find()) {
            JsonNode file = EventCodec.mapper().readTree(read(tables.group(1)));
            List<List<String>> rows = rows(tables.group(5));
            for (List<String> row : rows.subList(2, rows.size())) {
                for (int c = 1; c < row.size(); c++) {
                    String column = rows.get(0).get(c);
                    String method = method(row);
                    assertThat(row.get(c))
                            .as("%s, %s, %s", tables.group(2), method, column)
                            .isEqualTo(cell(file, tables, method, column));
                    assertThat(row.get(0).endsWith(" †"))
                            .as("%s of %s fails a gate", method, tables.group(2))
                            .isEqualTo(isFlagged(file, tables, method));
                    cells++;
                }
            }
        }
        assertThat(cells).as("cells that were compared").isGreaterThan(10);
    }

    @Test
    void theWordsBesideTheTablesNameNoOtherFigures() throws IOException {
        String page = read("docs/results.md");
        String words = page.substring(page.indexOf("## What is done"), page.indexOf("## Limits"));
        String tables =
                MARK.matcher(page).results().map(found -> found.group(5)).reduce("", String::concat);
        String sentences =
                VERDICTS.matcher(page).results().map(found -> found.group(4)).reduce("", String::concat);
        String known = tables + sentences + read("docs/notes/short-runs.md");
        List<String> unknown = new ArrayList<>();
        FIGURE.matcher(words).results().map(found -> found.group()).forEach(figure -> {
            if (!known.contains(figure)) {
                unknown.add(figure);
            }
        });
        assertThat(unknown).isEmpty();
    }

    /** A table led by {@code <!-- verdicts: FILE, DATA SET, RADIUS -->} has the file's paired tests. */
    @Test
    void everyDifferenceIsTheFileS() throws IOException {
        Matcher tables = VERDICTS.matcher(read("docs/results.md"));
        int compared = 0;
        while (tables.find()) {
            JsonNode file = EventCodec.mapper().readTree(read(tables.group(1)));
            List<List<String>> rows = rows(tables.group(4));
            for (List<String> row : rows.subList(2, rows.size())) {
                for (int c = 1; c < row.size(); c++) {
                    JsonNode test = test(file, tables, method(row), rows.get(0).get(c));
                    assertThat(row.get(c))
                            .as(
                                    "%s, %s, %s",
                                    tables.group(2), row.get(0), rows.get(0).get(c))
                            .startsWith(signed(test.at("/accuracy/mean")) + " [")
                            .contains("] (" + test.get("seeds") + "), balanced "
                                    + signed(test.at("/balancedAccuracy/mean")))
                            .endsWith(shown(test));
                    compared++;
                }
            }
        }
        assertThat(compared).as("differences that were compared").isGreaterThan(10);
    }

    private static JsonNode test(JsonNode file, Matcher table, String baseline, String condition) {
        for (JsonNode test : file.get("pairedTests")) {
            if (test.get("dataset").asText().equals(table.group(2))
                    && test.get("trainingEpsilon").asDouble() == Double.parseDouble(table.group(3))
                    && test.get("baseline").asText().equals(baseline)
                    && test.get("condition").asText().equals(condition)) {
                return test;
            }
        }
        throw new AssertionError(table.group(1) + " has no test of " + condition + " against " + baseline);
    }

    /** By the rule that the page states; with one seed the interval is Tango's over images. */
    private static String shown(JsonNode test) {
        if (test.get("constant").asBoolean()) {
            return ": not judged: a constant";
        }
        double low = test.at("/accuracy/low").asDouble();
        double high = test.at("/accuracy/high").asDouble();
        boolean oneSeed = test.get("seeds").asInt() == 1;
        if (oneSeed) {
            JsonNode images = test.get("ofSeeds").elements().next();
            Estimate difference = PairedDifference.ofAccuracies(new McNemar(
                    images.get("onlyFirst").asInt(),
                    images.get("onlySecond").asInt(),
                    images.get("n").asInt(),
                    images.get("pValue").asDouble()));
            low = difference.low();
            high = difference.high();
        }
        boolean small = test.get("combinedHolm").asDouble() < 0.05;
        return ": "
                + (small && low > 0
                        ? "rtda higher" + (oneSeed ? " in one run each" : "")
                        : small && high < 0 ? "rtda lower" + (oneSeed ? " in one run each" : "") : "not shown");
    }

    private static String signed(JsonNode value) {
        String text = String.format(Locale.ROOT, "%+.3f", value.asDouble());
        return text.endsWith("0.000") ? "0.000" : text;
    }

    /** A list led by {@code <!-- runs: FILE, FILE -->} counts the runs that the files have, each once. */
    @Test
    void theNumbersOfRunsAreTheFilesS() throws IOException {
        Matcher lists = RUNS.matcher(read("docs/results.md"));
        assertThat(lists.find()).isTrue();
        Map<String, TreeMap<Integer, TreeSet<String>>> runs = new TreeMap<>();
        for (String name : lists.group(1).split(", ")) {
            for (JsonNode cell : EventCodec.mapper().readTree(read(name)).get("cells")) {
                if (cell.get("standing").asText().equals("DONE")) {
                    runs.computeIfAbsent(cell.get("dataset").asText(), any -> new TreeMap<>())
                            .computeIfAbsent(cell.get("seed").asInt(), any -> new TreeSet<>())
                            .add(cell.path("trainingEpsilon") + " "
                                    + cell.get("method").asText());
                }
            }
        }
        List<String> expected = new ArrayList<>();
        int all = 0;
        for (String dataset : runs.keySet()) {
            int ofSet =
                    runs.get(dataset).values().stream().mapToInt(TreeSet::size).sum();
            all += ofSet;
            expected.add("- `" + dataset + "`: " + ofSet + " runs ("
                    + runs.get(dataset).entrySet().stream()
                            .map(seed -> "seed " + seed.getKey() + ": "
                                    + seed.getValue().size())
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        expected.add("- in all: " + all + " runs");
        assertThat(lists.group(2).lines()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** What a program writes into the page, once more: nothing changes. */
    @Test
    void thePageIsAsTheProgramWritesIt() throws IOException {
        String page = read("docs/results.md");

        assertThat(new MarkedPage(name -> PublishedFolder.results(ROOT.resolve(name))).rewritten(page))
                .isEqualTo(page);
        assertThat(page.lines()).hasSizeLessThanOrEqualTo(200);
    }

    /** Committed files are the small ones, and each says what its own figures of single runs say. */
    @Test
    void theCommittedFilesAreSmallAndTheirMeansAreThoseOfTheirRuns() throws IOException {
        List<Path> files;
        try (var all = Files.walk(ROOT.resolve("docs/comparison"))) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).allMatch(file -> file.toFile().length() < 2_000_000);
        assertThat(files).noneMatch(file -> file.endsWith("results.json") || file.endsWith("state.json"));
        int means = 0;
        for (Path file : files) {
            if (file.endsWith(PublishedResults.FILE)) {
                means += compareMeans(EventCodec.mapper().readTree(file.toFile()));
            }
        }
        assertThat(means).as("means that were compared").isGreaterThan(10);
    }

    /** A page that was changed by hand, or whose words the program no longer writes, has to be published again. */
    @Test
    void theCommittedPagesAreThoseOfTheCommittedRuns(@TempDir Path again) throws IOException {
        List<Path> sets;
        try (var all = Files.walk(ROOT.resolve("docs/comparison"))) {
            sets = all.filter(PublishedFolder::isOne).toList();
        }
        assertThat(sets).isNotEmpty();
        for (Path set : sets) {
            Map<String, String> versions =
                    PublishedFolder.results(set.resolve(PublishedResults.FILE)).versions();
            Path made = again.resolve(ROOT.resolve("docs/comparison").relativize(set));
            Publication.of(new BenchmarkReport(versions, Clock.systemUTC()), line -> {})
                    .publish(set, made);
            try (var files = Files.walk(set)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(made.resolve(set.relativize(file)))
                            .as("rtda publish %s %s", set, set)
                            .hasSameBinaryContentAs(file);
                }
            }
        }
    }

    private static int compareMeans(JsonNode file) {
        int compared = 0;
        for (JsonNode summary : file.get("summaries")) {
            List<Double> ofSeeds = new ArrayList<>();
            for (JsonNode cell : file.get("cells")) {
                if (cell.get("method").equals(summary.get("method"))
                        && cell.get("dataset").equals(summary.get("dataset"))
                        && (!cell.has("trainingEpsilon")
                                || cell.get("trainingEpsilon").equals(summary.get("trainingEpsilon")))) {
                    for (JsonNode figure : file.get("figures")) {
                        if (figure.get("cell").equals(cell.get("id"))
                                && figure.get("condition").equals(summary.get("column"))
                                && figure.get("metric").equals(summary.get("metric"))) {
                            ofSeeds.add(figure.get("value").asDouble());
                        }
                    }
                }
            }
            // a mean over corruptions is no condition
            if (!ofSeeds.isEmpty()) {
                assertThat(summary.get("value").asDouble())
                        .as("%s", summary)
                        .isCloseTo(
                                ofSeeds.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .average()
                                        .orElseThrow(),
                                within(1e-6));
                compared++;
            }
        }
        return compared;
    }

    /** The summary as the tables of the comparison write it; fails where the file has none. */
    private static String cell(JsonNode file, Matcher table, String method, String column) {
        for (JsonNode summary : file.get("summaries")) {
            if (summary.get("dataset").asText().equals(table.group(2))
                    && summary.get("trainingEpsilon").asDouble() == Double.parseDouble(table.group(3))
                    && summary.get("metric").asText().equals(table.group(4))
                    && summary.get("method").asText().equals(method)
                    && summary.get("column").asText().equals(column)) {
                if (summary.get("value").isNull()) {
                    return "not measured";
                }
                return String.format(
                        Locale.ROOT,
                        "%.3f [%.3f, %.3f] (%d)",
                        summary.get("value").asDouble(),
                        summary.get("low").asDouble(),
                        summary.get("high").asDouble(),
                        summary.get("seeds").asInt());
            }
        }
        throw new AssertionError(table.group(1) + " has no " + column + " of " + method);
    }

    private static String method(List<String> row) {
        return row.get(0).replace(" †", "");
    }

    private static boolean isFlagged(JsonNode file, Matcher table, String method) {
        for (JsonNode cell : file.get("cells")) {
            if (cell.get("dataset").asText().equals(table.group(2))
                    && cell.get("method").asText().equals(method)
                    && (!cell.has("trainingEpsilon")
                            || cell.get("trainingEpsilon").asDouble() == Double.parseDouble(table.group(3)))
                    && !cell.get("flags").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static List<List<String>> rows(String table) {
        return table.lines()
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
