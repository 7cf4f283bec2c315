package org.rtda.cli.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rtda.cli.terminal.TextTable;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.report.FigureText;

/**
 * An experiment's figures by subgroup: a line for each subgroup, a column for clean, attacked and corrupted images. Each external test
 * set has a table of its own.
 */
final class SubgroupTable {
    private final List<SubgroupRow> rows;
    private final String metric;

    /**
     * @param rows of one experiment, at least one
     * @param metric what {@code --metric} names; balanced accuracy is shown where subgroups have no such figure
     */
    SubgroupTable(List<SubgroupRow> rows, String metric) {
        this.metric =
                rows.stream().anyMatch(row -> row.metric().equals(metric)) ? metric : FigureNames.BALANCED_ACCURACY;
        this.rows =
                rows.stream().filter(row -> row.metric().equals(this.metric)).toList();
    }

    /** Of each column, the subgroup with the lowest figure. */
    List<String> worst() {
        return rows.stream()
                .filter(SubgroupRow::worst)
                .map(row -> row.images() + " images: the worst subgroup is " + row.attribute() + " " + row.subgroup()
                        + (row.small() ? " (small)" : "") + ", " + metric + " " + figure(row) + ", n " + row.n()
                        + (row.difference() == null
                                ? ""
                                : FigureText.format(
                                        "; %+.3f [%+.3f, %+.3f] from all images",
                                        row.difference(), row.differenceLow(), row.differenceHigh())))
                .toList();
    }

    /** A table for each set: the images of one set have the same subgroups. */
    String text() {
        Set<String> sets = rows.stream().map(SubgroupRow::split).collect(Collectors.toCollection(LinkedHashSet::new));
        String tables = sets.stream()
                .map(set -> table(
                        rows.stream().filter(row -> row.split().equals(set)).toList()))
                .collect(Collectors.joining("\n\n"));
        return tables + "\n" + String.join("\n", footnotes());
    }

    private String table(List<SubgroupRow> rows) {
        Set<String> columns =
                rows.stream().map(SubgroupRow::images).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> header = new ArrayList<>(List.of(metric, "images by class"));
        header.addAll(columns);
        TextTable table = new TextTable(header);
        List<String> whole = new ArrayList<>(List.of("all images", ""));
        columns.forEach(images -> whole.add(rows.stream()
                .filter(row -> row.images().equals(images) && row.whole() != null)
                .findFirst()
                .map(row -> number(row.whole()))
                .orElse("none")));
        table.row(whole);
        rows.stream().map(Subgroup::of).distinct().forEach(subgroup -> {
            List<String> cells = new ArrayList<>(List.of(
                    subgroup.attribute() + " " + subgroup.value() + (subgroup.small() ? " (small)" : ""),
                    subgroup.classCounts().stream().map(String::valueOf).collect(Collectors.joining(", "))));
            columns.forEach(images ->
                    cells.add(find(subgroup, images).map(SubgroupTable::figure).orElse("not measured")));
            table.row(cells);
        });
        return table.text();
    }

    private record Subgroup(String attribute, String value, List<Integer> classCounts, boolean small) {
        static Subgroup of(SubgroupRow row) {
            return new Subgroup(row.attribute(), row.subgroup(), row.classCounts(), row.small());
        }
    }

    private Optional<SubgroupRow> find(Subgroup subgroup, String images) {
        return rows.stream()
                .filter(row -> Subgroup.of(row).equals(subgroup) && row.images().equals(images))
                .findFirst();
    }

    private List<String> footnotes() {
        List<String> notes = new ArrayList<>();
        rows.stream()
                .filter(row ->
                        !row.images().equals(SubgroupRow.CLEAN) && row.split().equals(SplitNames.TEST))
                .map(row -> row.images() + ": "
                        + (row.conditions().size() > 1 ? "mean over " : "")
                        + String.join(", ", row.conditions()))
                .distinct()
                .forEach(notes::add);
        if (rows.stream().anyMatch(SubgroupRow::small)) {
            notes.add("(small) fewer than " + RobustnessMetric.Subgroup.FEWEST_OF_A_CLASS + " images of a class");
        }
        rows.stream()
                .filter(row -> row.value() == null)
                .map(row -> row.attribute() + " " + row.subgroup() + ": " + row.note())
                .distinct()
                .forEach(notes::add);
        List<String> gates = rows.stream()
                .flatMap(row -> row.failedGates().stream())
                .distinct()
                .toList();
        if (!gates.isEmpty()) {
            notes.add("! fails a gate, so it does not stand: " + String.join(", ", gates));
        }
        return notes;
    }

    private static String figure(SubgroupRow row) {
        return row.value() == null
                ? "none, see below"
                : number(row.value()) + " [" + number(row.low()) + ", " + number(row.high()) + "]"
                        + (row.failedGates().isEmpty() ? "" : " !");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
