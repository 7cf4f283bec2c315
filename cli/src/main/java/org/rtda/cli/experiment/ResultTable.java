package org.rtda.cli.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.cli.terminal.TextTable;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/** Final evaluations side by side: a line for each condition, a column for each experiment. */
public final class ResultTable {
    private static final String FLAG = " !";
    private static final String ASSUMED = " ?";

    private final List<List<ResultRow>> experiments;
    private final String metric;
    private final boolean everyCorruption;
    private final boolean hasConstants;
    private boolean hasMeans;

    /**
     * @param experiments each one's rows, at least one
     * @param metric the figure to show, for example {@code accuracy}
     * @param everyCorruption a line for each corruption and severity, else one for their mean
     */
    public ResultTable(List<List<ResultRow>> experiments, String metric, boolean everyCorruption) {
        this.experiments = experiments;
        this.metric = metric;
        this.everyCorruption = everyCorruption;
        this.hasConstants = shown().anyMatch(row -> row.constant() != null);
    }

    /** The names that there is a figure of under conditions that have a line: what a table can be made of. */
    static Set<String> metrics(List<List<ResultRow>> experiments) {
        return experiments.stream()
                .flatMap(List::stream)
                .filter(ResultTable::judgesImages)
                .map(ResultRow::metric)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public String text() {
        List<String> header = new ArrayList<>();
        header.add(metric);
        header.addAll(columns());
        if (hasConstants) {
            header.add("a constant answer");
        }
        TextTable table = new TextTable(header);
        for (String condition : conditions()) {
            List<String> cells = new ArrayList<>();
            cells.add(condition);
            experiments.forEach(rows -> cells.add(
                    find(rows, condition, metric).map(ResultTable::cell).orElse("not measured")));
            addConstant(cells, List.of(condition));
            table.row(cells);
        }
        Set<String> corruptions = corruptions();
        if (!corruptions.isEmpty()) {
            hasMeans = true;
            List<String> cells = new ArrayList<>();
            cells.add("corruptions, mean");
            experiments.forEach(rows -> cells.add(mean(rows, corruptions)));
            addConstant(cells, corruptions);
            table.row(cells);
        }
        return table.text() + "\n" + footnotes();
    }

    /** What a constant answer scores, on the mean over the conditions; one number where it is the same for every experiment. */
    private void addConstant(List<String> cells, Collection<String> conditions) {
        if (!hasConstants) {
            return;
        }
        List<String> ofEach = experiments.stream()
                .map(rows -> conditions.stream()
                        .flatMap(condition -> find(rows, condition, metric).stream())
                        .map(ResultRow::constant)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .average())
                .map(constant -> constant.isPresent() ? number(constant.getAsDouble()) : "-")
                .toList();
        cells.add(Set.copyOf(ofEach).size() == 1 ? ofEach.get(0) : String.join(", ", ofEach));
    }

    private String footnotes() {
        List<String> notes = new ArrayList<>();
        notes.add("[95% interval]; clean test images of each: n = "
                + String.join(
                        ", ",
                        experiments.stream()
                                .map(rows -> find(rows, "clean", metric)
                                        .map(row -> Subset.imagesInWords(row.n(), row.subset()))
                                        .orElse("unknown"))
                                .toList()));
        if (hasConstants) {
            notes.add("a constant answer is the same for every image: "
                    + shown().map(ResultRow::constantAnswer)
                            .filter(Objects::nonNull)
                            .distinct()
                            .collect(Collectors.joining("; or ")));
        }
        if (shown().anyMatch(ResultRow::assumesHealthyClass)) {
            notes.add("? " + HealthyClass.ASSUMED + ", for nobody said which class of "
                    + shown().filter(ResultRow::assumesHealthyClass)
                            .map(ResultRow::dataset)
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + " is; import it again with --healthy CLASS and train and judge on that");
        }
        if (hasMeans) {
            notes.add(
                    "the mean's interval is the mean of the intervals: on the same images, so no narrower than it should be");
        }
        if (shown().anyMatch(row -> !row.failedGates().isEmpty())) {
            notes.add("! fails a gate, so it does not stand: "
                    + shown().flatMap(row -> row.failedGates().stream())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        experiments.stream()
                .flatMap(List::stream)
                .filter(row -> row.metric().equals(metric) && row.value() == null)
                .map(row -> row.condition() + " of " + row.experiment() + ": "
                        + (row.note() == null ? "not defined" : row.note()))
                .limit(5)
                .forEach(notes::add);
        return String.join("\n", notes);
    }

    /** The methods, told apart by seed and experiment only where they must be. */
    private List<String> columns() {
        for (List<String> names : List.of(
                names(ResultRow::method),
                names(row -> row.method() + " seed " + row.seed()),
                names(row -> row.method() + " on " + row.dataset() + " seed " + row.seed()))) {
            if (Set.copyOf(names).size() == names.size()) {
                return names;
            }
        }
        return names(row -> row.method() + " " + row.experiment());
    }

    private List<String> names(java.util.function.Function<ResultRow, String> name) {
        return experiments.stream().map(rows -> name.apply(rows.get(0))).toList();
    }

    private Set<String> conditions() {
        Set<String> conditions = new LinkedHashSet<>();
        rows().filter(row -> everyCorruption || !isCorruption(row))
                .filter(ResultTable::judgesImages)
                .map(ResultRow::condition)
                .forEach(conditions::add);
        return conditions;
    }

    private Set<String> corruptions() {
        Set<String> corruptions = new LinkedHashSet<>();
        rows().filter(ResultTable::isCorruption).map(ResultRow::condition).forEach(corruptions::add);
        return corruptions;
    }

    /** The rows that the table shows. */
    private Stream<ResultRow> shown() {
        return rows().filter(row -> row.metric().equals(metric)).filter(ResultTable::judgesImages);
    }

    private Stream<ResultRow> rows() {
        return experiments.stream().flatMap(List::stream);
    }

    private static boolean isCorruption(ResultRow row) {
        return row.conditionDetails().kind() == Condition.Kind.CORRUPTION;
    }

    /** Probes judge no images: their figures are in the gates. */
    private static boolean judgesImages(ResultRow row) {
        return row.conditionDetails().kind() != Condition.Kind.PROBE;
    }

    private String mean(List<ResultRow> rows, Set<String> conditions) {
        Map<String, ResultRow> measured = new LinkedHashMap<>();
        for (String condition : conditions) {
            find(rows, condition, metric)
                    .filter(row -> row.value() != null)
                    .ifPresent(row -> measured.put(condition, row));
        }
        if (measured.isEmpty()) {
            return "not measured";
        }
        String cell = cell(
                measured.values().stream()
                        .mapToDouble(ResultRow::value)
                        .average()
                        .getAsDouble(),
                measured.values().stream().mapToDouble(ResultRow::low).average().getAsDouble(),
                measured.values().stream()
                        .mapToDouble(ResultRow::high)
                        .average()
                        .getAsDouble());
        String marked = cell + marks(List.copyOf(measured.values()));
        return measured.size() == conditions.size()
                ? marked
                : marked + " (" + measured.size() + " of " + conditions.size() + ")";
    }

    private static Optional<ResultRow> find(List<ResultRow> rows, String condition, String metric) {
        return rows.stream()
                .filter(row -> row.condition().equals(condition) && row.metric().equals(metric))
                .findFirst();
    }

    private static String cell(ResultRow row) {
        if (row.value() == null) {
            return "none, see below";
        }
        String value = row.low() == null || row.high() == null
                ? number(row.value())
                : cell(row.value(), row.low(), row.high());
        return value + marks(List.of(row));
    }

    /** What must be minded of a figure, or of the mean of several: what one of them fails, or assumes, the mean does, too. */
    private static String marks(List<ResultRow> rows) {
        return (rows.stream().allMatch(row -> row.failedGates().isEmpty()) ? "" : FLAG)
                + (rows.stream().anyMatch(ResultRow::assumesHealthyClass) ? ASSUMED : "");
    }

    private static String cell(double value, double low, double high) {
        return number(value) + " [" + number(low) + ", " + number(high) + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
