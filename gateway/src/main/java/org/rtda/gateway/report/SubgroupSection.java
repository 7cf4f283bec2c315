package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.SubgroupSummary;
import org.rtda.gateway.report.figures.SubgroupSummary.Images;
import org.rtda.report.FigureText;
import org.rtda.report.Flag;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** Whether the model is as good for everybody: its figures by site, scanner, sex, age, side and view. */
final class SubgroupSection implements ReportSection {
    private static final String TITLE = "Subgroups";

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        SubgroupSummary summary = new SubgroupSummary(source.submit().experimentId(), findings);
        if (summary.isEmpty()) {
            return new Report.Section("subgroups", TITLE, withoutFigures(source, findings));
        }
        List<SubgroupRow> rows = summary.rows();
        List<ReportBlock> blocks = new ArrayList<>();
        List<String> worst = worst(rows);
        if (!worst.isEmpty()) {
            blocks.add(ReportBlock.points(worst));
        }
        summary.sets().forEach(set -> blocks.add(table(source, summary, rows, set, FigureNames.BALANCED_ACCURACY)));
        blocks.add(ReportBlock.text(meaning(summary)));
        return new Report.Section("subgroups", TITLE, blocks);
    }

    /** A sentence for the worst subgroup of each kind of images. */
    static List<String> worst(List<SubgroupRow> rows) {
        return rows.stream()
                .filter(row -> row.worst() && row.metric().equals(FigureNames.BALANCED_ACCURACY))
                .map(SubgroupSection::inWords)
                .toList();
    }

    private static List<ReportBlock> withoutFigures(ReportSource source, Findings findings) {
        boolean known = source.manifest()
                .filter(data -> data.subgroups() != null && !data.subgroups().isEmpty())
                .isPresent();
        return known && !findings.measured().isEmpty()
                ? List.of(ReportBlock.text(
                        "The data set names subgroups, but no figure of this evaluation was told by them: its images are all"
                                + " of one subgroup, or it is not complete."))
                : List.of();
    }

    private static String inWords(SubgroupRow row) {
        String named = nameOf(row.attribute()) + " " + row.subgroup() + (row.small() ? " (small)" : "");
        String figure = String.format(
                Locale.ROOT,
                "%s: the worst subgroup is %s, balanced accuracy %.3f [%.3f, %.3f], n %d",
                imagesInWords(row),
                named,
                row.value(),
                row.low(),
                row.high(),
                row.n());
        String flags = row.failedGates().isEmpty()
                ? ""
                : " Its condition fails a gate, so it does not stand: " + String.join(", ", row.failedGates()) + ".";
        if (row.difference() == null) {
            return figure + "." + flags;
        }
        return figure
                + FigureText.format(
                        "; %+.3f [%+.3f, %+.3f] from the %.3f of all images%s.",
                        row.difference(),
                        row.differenceLow(),
                        row.differenceHigh(),
                        row.whole(),
                        SplitNames.isShift(row.split()) ? " of that set" : "")
                + flags;
    }

    static ReportBlock table(
            ReportSource source, SubgroupSummary summary, List<SubgroupRow> rows, String set, String metric) {
        List<String> head = new ArrayList<>(List.of("Subgroup", "Images by class"));
        List<Images> columns = summary.images(set);
        columns.forEach(images -> head.add(capital(images.label())));
        List<Table.Row> lines = new ArrayList<>();
        lines.add(whole(summary, columns, metric));
        for (SubgroupSummary.Group group : summary.groups(set)) {
            List<TableCell> cells = new ArrayList<>();
            cells.add(TableCell.text(
                    nameOf(group.attribute()) + ": " + group.value() + (group.small() ? " (small)" : "")));
            cells.add(TableCell.text(counts(source, group.classCounts())));
            for (Images images : columns) {
                rows.stream()
                        .filter(row -> row.attribute().equals(group.attribute())
                                && row.subgroup().equals(group.value())
                                && row.images().equals(images.label())
                                && row.metric().equals(metric))
                        .findFirst()
                        .ifPresent(row -> cells.add(TableCell.figure(figure(row), summary.flags(images))));
            }
            lines.add(Table.Row.of(cells));
        }
        String title = FigureTable.title(metric)
                + SplitNames.shiftLabel(set)
                        .map(label -> ", external test set " + label)
                        .orElse("");
        return ReportBlock.table(new Table(title, head, lines));
    }

    private static Table.Row whole(SubgroupSummary summary, List<Images> columns, String metric) {
        List<TableCell> cells = new ArrayList<>(List.of(TableCell.text("All images"), TableCell.text("")));
        for (Images images : columns) {
            Optional<Figure> whole = summary.whole(images, metric);
            List<Flag> flags = summary.flags(images);
            cells.add(TableCell.figure(
                    whole.map(f -> figure(f.value(), f.low(), f.high(), f.n(), f.note()))
                            .orElse(ReportFigure.missing("a condition is missing")),
                    flags));
        }
        return Table.Row.of(cells);
    }

    static ReportFigure figure(SubgroupRow row) {
        return figure(row.value(), row.low(), row.high(), row.n(), row.note());
    }

    private static ReportFigure figure(Double value, Double low, Double high, int n, String note) {
        return ReportFigure.builder()
                .value(value)
                .low(low)
                .high(high)
                .n(n)
                .note(value == null ? "not defined: " + note : null)
                .build();
    }

    private static String counts(ReportSource source, List<Integer> counts) {
        List<String> parts = new ArrayList<>();
        for (int label = 0; label < counts.size(); label++) {
            int of = label;
            String name = source.manifest()
                    .filter(data -> of < data.classes().size())
                    .map(data -> data.classes().get(of))
                    .orElse("class " + of);
            parts.add(name + " " + counts.get(label));
        }
        return String.join(", ", parts);
    }

    private static String meaning(SubgroupSummary summary) {
        String attacked = summary.conditions(Images.ATTACKED).stream()
                .findFirst()
                .map(m -> " Attacked means " + m.condition().label() + ", the training ball.")
                .orElse("");
        List<Measured> corrupted = summary.conditions(Images.CORRUPTED);
        String mean = corrupted.isEmpty()
                ? ""
                : " Corrupted means the mean over " + corrupted.size() + " corruptions at severity "
                        + corrupted.stream()
                                .map(m -> m.condition().severity().toString())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + "; its interval is the mean of their ends.";
        return "Small means fewer than " + Subgroup.FEWEST_OF_A_CLASS
                + " images of a class: such a subgroup is named the worst only where all are small." + attacked + mean
                + " The lowest of several figures is low partly by chance. A subgroup is part of the whole; the interval of"
                + " their difference takes them for independent, so it is no narrower than it should be. Images of which nobody"
                + " says the property are in no subgroup.";
    }

    /** {@code ageBand} as people write it. */
    static String nameOf(String attribute) {
        return attribute.equals("ageBand") ? "age" : attribute;
    }

    private static String imagesInWords(SubgroupRow row) {
        return SplitNames.shiftLabel(row.split())
                .map(label -> "External test set " + label)
                .orElseGet(() -> capital(row.images()) + " images");
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
