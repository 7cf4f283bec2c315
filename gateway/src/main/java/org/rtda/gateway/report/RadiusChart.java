package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.AttackDescription;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Chart;

/** A figure over the radius of the attacks in one norm, beside what a constant answer scores. */
final class RadiusChart {
    private RadiusChart() {}

    /** Empty where no attack of the norm has more than one radius: there is no curve. */
    static Optional<Chart> of(ReportSource source, Findings findings, String norm, String metric) {
        Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
        for (Measured m : findings.untargetedAttacks()) {
            if (m.condition().attack().norm().equals(norm)
                    && !isUnbounded(source, m.condition().attack())) {
                add(
                        findings,
                        lines,
                        AttackDescription.series(m.condition().attack()),
                        m,
                        metric,
                        m.condition().attack().epsilon());
            }
        }
        for (Measured m : findings.ofKind(Condition.Kind.WORST_CASE)) {
            if (m.condition().attackSet().norm().equals(norm)) {
                add(
                        findings,
                        lines,
                        m.condition().attackSet().name() + " (worst case)",
                        m,
                        metric,
                        m.condition().attackSet().epsilon());
            }
        }
        double largest = lines.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Chart.Point::x)
                .max()
                .orElse(1);
        List<Chart.Series> series = new ArrayList<>();
        lines.forEach((name, points) -> {
            boolean curve = points.size() > 1;
            if (curve) {
                findings.clean().ifPresent(m -> point(findings, m, metric, 0).ifPresent(p -> points.add(0, p)));
            }
            series.add(new Chart.Series(name, curve ? Chart.Style.LINE : Chart.Style.MARKS, points));
        });
        double chance = metric.equals(FigureNames.AUROC)
                ? 0.5
                : source.manifest().map(data -> 1.0 / data.classes().size()).orElse(Double.NaN);
        if (!Double.isNaN(chance)) {
            series.add(Chart.Series.level("a constant answer", chance, 0, largest));
        }
        if (series.stream().noneMatch(s -> s.style() == Chart.Style.LINE)) {
            return Optional.empty();
        }
        return Optional.of(new Chart(
                FigureTable.title(metric) + " under " + AttackDescription.norm(norm)
                        + " attacks by radius, bands: 95% intervals",
                "epsilon (" + AttackDescription.norm(norm) + ", pixels in [0,1])",
                FigureTable.title(metric),
                0.0,
                1.0,
                series));
    }

    /** A ball that holds every image is for a gate: on the axis it would squeeze all others together. */
    private static boolean isUnbounded(ReportSource source, AttackSettings attack) {
        return source.manifest()
                .filter(data -> attack.isUnbounded(data.channels(), data.height(), data.width()))
                .isPresent();
    }

    private static void add(
            Findings findings,
            Map<String, List<Chart.Point>> lines,
            String name,
            Measured m,
            String metric,
            double epsilon) {
        point(findings, m, metric, epsilon).ifPresent(p -> lines.computeIfAbsent(name, any -> new ArrayList<>())
                .add(p));
    }

    private static Optional<Chart.Point> point(Findings findings, Measured m, String metric, double epsilon) {
        return Findings.defined(m, metric)
                .map(f -> new Chart.Point(epsilon, f.value(), f.low(), f.high(), findings.flags(m)));
    }
}
