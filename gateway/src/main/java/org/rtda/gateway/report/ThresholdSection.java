package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Sensitivity and specificity at both thresholds, and the share of each class that is found. */
final class ThresholdSection implements ReportSection {
    private static final List<String> AT_THRESHOLDS = List.of(
            FigureNames.SENSITIVITY,
            FigureNames.SPECIFICITY,
            FigureNames.SENSITIVITY + FigureNames.AT_CALIBRATED,
            FigureNames.SPECIFICITY + FigureNames.AT_CALIBRATED);

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> shown = shown(source, findings);
        List<ReportBlock> blocks = new ArrayList<>();
        List<String> thresholds = metrics(shown, AT_THRESHOLDS::contains);
        if (!thresholds.isEmpty()) {
            blocks.add(ReportBlock.text(
                    "Sensitivity is the share of diseased images that are found, specificity that of healthy ones; healthy"
                            + " is the class "
                            + source.healthyClass().orElse("that the data set names")
                            + ". The threshold is 0.5, and calibrated: the one at which "
                            + AttackDescription.number(
                                    source.spec().evaluation().wantedSensitivity())
                            + " of the diseased clean validation images are found."));
            blocks.add(table(findings, shown, thresholds, "At both thresholds"));
        }
        List<String> classes = metrics(shown, FigureNames::isOfClass);
        if (!classes.isEmpty()) {
            blocks.add(table(findings, shown, classes, "By class: the share of its images that are judged rightly"));
        }
        return new Report.Section("thresholds", "Sensitivity, specificity and classes", blocks);
    }

    /** The conditions that a reader asks for first. */
    static List<Measured> shown(ReportSource source, Findings findings) {
        List<Measured> shown = new ArrayList<>();
        findings.clean().ifPresent(shown::add);
        findings.trainingAttack(source).ifPresent(shown::add);
        shown.addAll(findings.ofKind(Condition.Kind.WORST_CASE));
        shown.addAll(findings.ofKind(Condition.Kind.SHIFT));
        return shown;
    }

    private static List<String> metrics(List<Measured> shown, Predicate<String> wanted) {
        Set<String> names = new LinkedHashSet<>();
        shown.stream()
                .flatMap(m -> m.values().stream())
                .map(Figure::metric)
                .filter(wanted)
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static ReportBlock table(Findings findings, List<Measured> shown, List<String> metrics, String caption) {
        FigureTable table = new FigureTable(findings, metrics, "Condition");
        shown.forEach(m -> table.add(m, m.condition().label()));
        return table.block(caption);
    }
}
