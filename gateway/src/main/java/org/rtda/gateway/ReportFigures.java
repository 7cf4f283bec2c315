package org.rtda.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.Condition;
import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.contracts.RobustnessMetric.Measured;

/** The tables of a report, from the measured conditions of a final evaluation. */
final class ReportFigures {
    private static final String NONE = "–";
    private static final int SEVERITIES = 5;

    private final List<Measured> measured;

    ReportFigures(List<Measured> measured) {
        this.measured = measured;
    }

    Optional<Measured> clean() {
        return ofKind(Condition.Kind.CLEAN).stream().findFirst();
    }

    /** One line per attack, by norm and radius, the clean one first. */
    ReportModel.Table robustness() {
        List<List<String>> rows = new ArrayList<>();
        clean().ifPresent(m -> rows.add(robustnessRow("0", m)));
        attacks()
                .forEach(m -> rows.add(
                        robustnessRow(SvgChart.tick(m.condition().attack().epsilon()), m)));
        return new ReportModel.Table(
                List.of("Radius", "Condition", "Accuracy", "Majority-class rate", "Balanced accuracy", "AUROC", "n"),
                rows);
    }

    private static List<String> robustnessRow(String radius, Measured m) {
        return List.of(
                radius,
                m.condition().label(),
                text(m, "accuracy"),
                figure(m, "majority-rate").map(ReportFigures::bare).orElse(NONE),
                text(m, "balanced-accuracy"),
                text(m, "auroc"),
                figure(m, "accuracy").map(f -> String.valueOf(f.n())).orElse(NONE));
    }

    /** Accuracy under L2 attacks by radius, the clean one at 0; points without a value are left out. */
    List<SvgChart.Point> robustnessCurve(String metric) {
        List<SvgChart.Point> points = new ArrayList<>();
        clean().flatMap(m -> figure(m, metric)).ifPresent(f -> points.add(point(0, f)));
        attacks().stream()
                .filter(m -> m.condition().attack().name().equals("pgd-l2"))
                .forEach(m -> figure(m, metric)
                        .ifPresent(f -> points.add(point(m.condition().attack().epsilon(), f))));
        return points;
    }

    private static SvgChart.Point point(double x, Figure f) {
        return new SvgChart.Point(
                x, f.value(), f.low() == null ? f.value() : f.low(), f.high() == null ? f.value() : f.high());
    }

    /** What a reader should know before believing the curve. */
    List<String> checks() {
        List<String> checks = new ArrayList<>();
        List<SvgChart.Point> curve = robustnessCurve("accuracy");
        if (curve.size() < 2) {
            return List.of("Too few radii are measured to check the curve.");
        }
        boolean rises = false;
        for (int i = 1; i < curve.size(); i++) {
            SvgChart.Point before = curve.get(i - 1);
            SvgChart.Point after = curve.get(i);
            if (after.y() > before.y()) {
                rises = true;
                checks.add(String.format(
                        Locale.ROOT,
                        "%s: accuracy rises from %.3f at radius %s to %.3f at %s%s.",
                        after.low() > before.high() ? "FAILED" : "Within the intervals",
                        before.y(),
                        SvgChart.tick(before.x()),
                        after.y(),
                        SvgChart.tick(after.x()),
                        after.low() > before.high()
                                ? "; a larger ball holds the smaller one, so the attack is too weak"
                                : ""));
            }
        }
        if (!rises) {
            checks.add("Passed: accuracy does not rise with the radius.");
        }
        SvgChart.Point last = curve.get(curve.size() - 1);
        checks.add(String.format(
                Locale.ROOT,
                "At the largest radius, %s, accuracy is %.3f; a sound attack drives it towards 0 as the radius grows.",
                SvgChart.tick(last.x()),
                last.y()));
        return List.copyOf(checks);
    }

    /** Balanced accuracy (accuracy where that is not defined) by corruption and severity, with the mean and its drop. */
    ReportModel.Table corruptions() {
        Map<String, Measured[]> byName = new LinkedHashMap<>();
        for (Measured m : ofKind(Condition.Kind.CORRUPTION)) {
            byName.computeIfAbsent(m.condition().corruption(), any -> new Measured[SEVERITIES])[
                    m.condition().severity() - 1] = m;
        }
        Optional<Double> clean =
                clean().flatMap(m -> figure(m, "balanced-accuracy")).map(Figure::value);
        List<List<String>> rows = new ArrayList<>();
        byName.forEach((name, severities) -> {
            List<String> row = new ArrayList<>();
            row.add(name + (sharesOperationWithAugMix(name) ? " (AugMix trains on a like operation)" : " (held out)"));
            double sum = 0;
            int count = 0;
            for (Measured m : severities) {
                row.add(m == null ? NONE : text(m, "balanced-accuracy"));
                Optional<Figure> figure = m == null ? Optional.empty() : figure(m, "balanced-accuracy");
                if (figure.isPresent()) {
                    sum += figure.get().value();
                    count++;
                }
            }
            double mean = sum / count;
            boolean complete = count == SEVERITIES;
            row.add(complete ? String.format(Locale.ROOT, "%.3f", mean) : NONE);
            row.add(complete && clean.isPresent() ? String.format(Locale.ROOT, "%+.3f", mean - clean.get()) : NONE);
            rows.add(row);
        });
        return new ReportModel.Table(
                List.of(
                        "Corruption",
                        "Severity 1",
                        "Severity 2",
                        "Severity 3",
                        "Severity 4",
                        "Severity 5",
                        "Mean",
                        "Change from clean"),
                rows);
    }

    static boolean sharesOperationWithAugMix(String corruption) {
        return corruption.startsWith("brightness") || corruption.startsWith("contrast");
    }

    ReportModel.Table shifts() {
        List<List<String>> rows = new ArrayList<>();
        for (Measured m : ofKind(Condition.Kind.SHIFT)) {
            List<String> row = new ArrayList<>(robustnessRow("", m));
            row.remove(0);
            rows.add(row);
        }
        return new ReportModel.Table(
                List.of("Test set", "Accuracy", "Majority-class rate", "Balanced accuracy", "AUROC", "n"), rows);
    }

    /** Every figure there is. */
    ReportModel.Table all() {
        List<List<String>> rows = new ArrayList<>();
        for (Measured m : measured) {
            for (Figure f : m.values()) {
                rows.add(List.of(
                        m.condition().label(),
                        m.condition().split(),
                        f.metric(),
                        f.value() == null ? "not defined" : number(f.value()),
                        f.low() == null ? "" : number(f.low()),
                        f.high() == null ? "" : number(f.high()),
                        String.valueOf(f.n()),
                        f.note() == null ? "" : f.note()));
            }
        }
        return new ReportModel.Table(
                List.of("Condition", "Split", "Metric", "Value", "Low (95%)", "High (95%)", "n", "Note"), rows);
    }

    /** With its interval, or why there is none. */
    static String text(Measured m, String metric) {
        return figure(m, metric)
                .map(f -> f.low() == null
                        ? bare(f)
                        : String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", f.value(), f.low(), f.high()))
                .orElse(NONE);
    }

    private static String bare(Figure f) {
        return number(f.value());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Empty when the figure is absent or not defined. */
    static Optional<Figure> figure(Measured m, String metric) {
        return m.values().stream()
                .filter(f -> f.metric().equals(metric) && f.value() != null)
                .findFirst();
    }

    private List<Measured> attacks() {
        return ofKind(Condition.Kind.ATTACK).stream()
                .sorted(Comparator.comparing(
                                (Measured m) -> m.condition().attack().name())
                        .thenComparing(m -> m.condition().attack().epsilon()))
                .toList();
    }

    private List<Measured> ofKind(Condition.Kind kind) {
        return measured.stream().filter(m -> m.condition().kind() == kind).toList();
    }
}
