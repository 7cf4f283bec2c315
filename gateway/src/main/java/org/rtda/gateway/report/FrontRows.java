package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.CorruptionGroup;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.Means;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.SubgroupSummary;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.TableCell;

/** The few figures that a reader looks for first, in the order of the table. */
final class FrontRows {
    private static final int MOST_SHIFTS = 3;

    private final ReportSource source;
    private final Findings findings;
    private final List<FrontRow> rows = new ArrayList<>();

    FrontRows(ReportSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
        findings.clean().ifPresent(m -> add(FrontRow.Kind.CLEAN, "as they are", m));
        findings.trainingAttack(source)
                .ifPresent(m -> add(FrontRow.Kind.ATTACKED, "attacked at the radius of training", m));
        findings.ofKind(Condition.Kind.WORST_CASE).forEach(this::addWorstCase);
        addCorruptions();
        findings.ofKind(Condition.Kind.SHIFT).stream()
                .sorted(Comparator.comparingDouble(FrontRows::balancedAccuracy))
                .limit(MOST_SHIFTS)
                .forEach(m -> add(FrontRow.Kind.SHIFT, "another test set: " + shiftName(m), m));
        worstSubgroup().ifPresent(this::addSubgroup);
    }

    List<FrontRow> all() {
        return List.copyOf(rows);
    }

    List<FrontRow> of(FrontRow.Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).toList();
    }

    /** The lowest that is measured. */
    Optional<FrontRow> worst(FrontRow.Kind kind) {
        return of(kind).stream().filter(FrontRow::isMeasured).min(Comparator.comparingDouble(FrontRow::value));
    }

    /** Empty where nothing is measured. */
    Optional<ReportBlock> table() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        FigureTable table = new FigureTable(findings, FigureTable.USUAL, "Images", "Condition");
        for (FrontRow row : rows) {
            add(
                    table,
                    row.images(),
                    row.condition(),
                    row.cells().stream().map(FrontRows::withoutConstant).toList());
        }
        worst(FrontRow.Kind.CLEAN)
                .filter(row -> row.headline().figure().constant() != null)
                .ifPresent(row -> add(
                        table,
                        "an answer that is always the same",
                        "any",
                        row.cells().stream().map(FrontRows::constantOf).toList()));
        return Optional.of(table.block(null));
    }

    private static void add(FigureTable table, String images, String condition, List<TableCell> figures) {
        List<TableCell> cells = new ArrayList<>(List.of(TableCell.text(images), TableCell.text(condition)));
        cells.addAll(figures);
        table.add(cells);
    }

    /** It stands in a row of its own. */
    private static TableCell withoutConstant(TableCell cell) {
        return TableCell.figure(cell.figure().toBuilder().constant(null).build(), cell.flags());
    }

    private static TableCell constantOf(TableCell cell) {
        Double constant = cell.figure().constant();
        return TableCell.figure(
                constant == null
                        ? ReportFigure.missing("not known")
                        : ReportFigure.builder().value(constant).build(),
                List.of());
    }

    private void add(FrontRow.Kind kind, String images, Measured m) {
        rows.add(new FrontRow(
                kind,
                images,
                m.condition().label(),
                FigureTable.USUAL.stream()
                        .map(metric -> findings.cell(m, metric))
                        .toList()));
    }

    private void addWorstCase(Measured m) {
        AttackSet set = m.condition().attackSet();
        add(
                FrontRow.Kind.WORST_CASE,
                "worst of " + set.members().size() + " attacks, " + AttackDescription.norm(set.norm()) + " "
                        + AttackDescription.number(set.epsilon()),
                m);
    }

    private void addCorruptions() {
        CorruptionGroup.heldOut(findings)
                .ifPresent(group -> addMean(
                        FrontRow.Kind.CORRUPTED,
                        "corrupted in ways that training does not use, mean",
                        group.measured(),
                        group.conditions()));
        List<FrontRow> corruptions = Stream.of(CorruptionGroup.heldOut(findings), CorruptionGroup.likeAugMix(findings))
                .flatMap(Optional::stream)
                .flatMap(group -> group.corruptions().stream()
                        .map(corruption -> mean(
                                FrontRow.Kind.WORST_CORRUPTION,
                                "worst corruption: " + corruption + ", mean",
                                group.of(corruption),
                                CorruptionKind.SEVERITIES)))
                .filter(FrontRow::isMeasured)
                .toList();
        corruptions.stream().min(Comparator.comparingDouble(FrontRow::value)).ifPresent(rows::add);
    }

    private void addMean(FrontRow.Kind kind, String images, List<Measured> measured, int conditions) {
        rows.add(mean(kind, images, measured, conditions));
    }

    private FrontRow mean(FrontRow.Kind kind, String images, List<Measured> measured, int conditions) {
        return new FrontRow(
                kind,
                images,
                conditions + " conditions",
                FigureTable.USUAL.stream()
                        .map(metric -> Means.of(findings, measured, conditions, metric))
                        .toList());
    }

    private Optional<SubgroupRow> worstSubgroup() {
        return new SubgroupSummary(source.submit().experimentId(), findings)
                .rows().stream()
                        .filter(row -> row.worst()
                                && row.images().equals(SubgroupSummary.Images.CLEAN.label())
                                && row.metric().equals(FigureNames.BALANCED_ACCURACY))
                        .findFirst();
    }

    private void addSubgroup(SubgroupRow worst) {
        SubgroupSummary summary = new SubgroupSummary(source.submit().experimentId(), findings);
        List<TableCell> cells = new ArrayList<>();
        for (String metric : FigureTable.USUAL) {
            cells.add(summary.rows().stream()
                    .filter(row -> row.attribute().equals(worst.attribute())
                            && row.subgroup().equals(worst.subgroup())
                            && row.images().equals(worst.images())
                            && row.metric().equals(metric))
                    .findFirst()
                    .map(row ->
                            TableCell.figure(SubgroupSection.figure(row), summary.flags(SubgroupSummary.Images.CLEAN)))
                    .orElse(TableCell.figure(ReportFigure.missing("not told by subgroup"), List.of())));
        }
        rows.add(new FrontRow(
                FrontRow.Kind.SUBGROUP,
                "worst subgroup: " + SubgroupSection.nameOf(worst.attribute()) + " " + worst.subgroup()
                        + (worst.small() ? " (small)" : ""),
                String.join(", ", worst.conditions()),
                cells));
    }

    private static double balancedAccuracy(Measured m) {
        return Findings.defined(m, FigureNames.BALANCED_ACCURACY)
                .map(figure -> figure.value())
                .orElse(Double.MAX_VALUE);
    }

    private static String shiftName(Measured m) {
        return SplitNames.shiftLabel(m.condition().split()).orElseThrow();
    }
}
