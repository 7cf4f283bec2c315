package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;
import org.rtda.report.ReportFigure;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** Corruptions by severity as a heat map; those that AugMix's operations resemble apart from those that training never uses. */
final class CorruptionSection implements ReportSection {
    private static final int SEVERITIES = CorruptionKind.SEVERITIES;
    private static final String METRIC = FigureNames.BALANCED_ACCURACY;

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<ReportBlock> blocks = new ArrayList<>();
        group(findings, false)
                .ifPresent(group -> blocks.add(heatMap(
                        findings,
                        group,
                        "Held out: corruptions whose operation AugMix does not use. Balanced accuracy by severity.")));
        group(findings, true)
                .ifPresent(group -> blocks.add(heatMap(
                        findings,
                        group,
                        "Not held out: AugMix changes " + CorruptionKind.sharedWithAugMix()
                                + " in training too. Balanced accuracy by severity.")));
        if (blocks.isEmpty()) {
            blocks.add(ReportBlock.text("No corruption is measured."));
        } else {
            blocks.add(ReportBlock.text(
                    "A mean is over all severities of all its corruptions, its interval the mean of their ends. Names"
                            + " and strengths are MedMNIST-C’s, made for 224 x 224 pixels; at other sizes kernels and pixelation are"
                            + " scaled with the side."));
        }
        return new Report.Section("corruptions", "Corruptions", blocks);
    }

    /**
     * Corruptions reported together.
     *
     * @param conditions how many there should be: five severities of each corruption
     */
    record Group(List<String> corruptions, List<Measured> measured, int conditions) {
        Optional<Measured> at(String corruption, int severity) {
            return measured.stream()
                    .filter(m -> m.condition().corruption().equals(corruption)
                            && m.condition().severity() == severity)
                    .findFirst();
        }

        List<Measured> of(String corruption) {
            return measured.stream()
                    .filter(m -> m.condition().corruption().equals(corruption))
                    .toList();
        }

        List<Measured> atSeverity(int severity) {
            return measured.stream()
                    .filter(m -> m.condition().severity() == severity)
                    .toList();
        }
    }

    /** Empty where none is measured. */
    static Optional<Group> heldOut(Findings findings) {
        return group(findings, false);
    }

    private static Optional<Group> group(Findings findings, boolean likeAugMix) {
        List<Measured> measured = findings.ofKind(Condition.Kind.CORRUPTION).stream()
                .filter(m -> sharesOperationWithAugMix(m.condition().corruption()) == likeAugMix)
                .toList();
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        // one that failed belongs to the mean too, which is then not given
        List<String> corruptions = Stream.concat(
                        measured.stream().map(Measured::condition),
                        findings.failed().stream()
                                .map(failed -> failed.condition())
                                .filter(c -> c.kind() == Condition.Kind.CORRUPTION
                                        && sharesOperationWithAugMix(c.corruption()) == likeAugMix))
                .map(Condition::corruption)
                .distinct()
                .toList();
        return Optional.of(new Group(corruptions, measured, SEVERITIES * corruptions.size()));
    }

    static boolean sharesOperationWithAugMix(String corruption) {
        return CorruptionKind.named(corruption).isLikeAugMix();
    }

    private static ReportBlock heatMap(Findings findings, Group group, String caption) {
        List<String> head = new ArrayList<>(List.of("Corruption"));
        for (int severity = 1; severity <= SEVERITIES; severity++) {
            head.add("Severity " + severity);
        }
        head.addAll(List.of("Mean", "Change from clean"));
        List<Table.Row> rows = new ArrayList<>();
        for (String corruption : group.corruptions()) {
            List<TableCell> cells = new ArrayList<>(List.of(TableCell.text(corruption)));
            for (int severity = 1; severity <= SEVERITIES; severity++) {
                cells.add(group.at(corruption, severity)
                        .map(m -> findings.cell(m, METRIC).shaded())
                        .orElse(TableCell.figure(
                                ReportFigure.missing(whyNot(findings, corruption, severity)), List.of())));
            }
            addMean(findings, cells, group.of(corruption), SEVERITIES);
            rows.add(Table.Row.of(cells));
        }
        List<TableCell> means = new ArrayList<>(List.of(TableCell.text("Mean")));
        for (int severity = 1; severity <= SEVERITIES; severity++) {
            means.add(Means.of(
                            findings,
                            group.atSeverity(severity),
                            group.corruptions().size(),
                            METRIC)
                    .shaded());
        }
        addMean(findings, means, group.measured(), group.conditions());
        rows.add(Table.Row.of(means));
        return ReportBlock.table(new Table(caption, head, rows));
    }

    private static String whyNot(Findings findings, String corruption, int severity) {
        return findings.failed().stream()
                .filter(f -> corruption.equals(f.condition().corruption())
                        && f.condition().kind() == Condition.Kind.CORRUPTION
                        && f.condition().severity() == severity)
                .findFirst()
                .map(f -> "failed: " + f.reason())
                .orElse("not measured");
    }

    private static void addMean(Findings findings, List<TableCell> cells, List<Measured> measured, int conditions) {
        TableCell mean = Means.of(findings, measured, conditions, METRIC);
        cells.add(mean.shaded());
        cells.add(Means.changeFromClean(findings, mean, METRIC));
    }
}
