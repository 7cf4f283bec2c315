package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.report.Chart;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** Untargeted attacks by their radius: a table, and a curve for each norm and figure. */
final class AttackSection implements ReportSection {
    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        List<Measured> attacks = findings.untargetedAttacks();
        if (attacks.isEmpty()) {
            return Report.Section.of(
                    "attacks", "Robustness against attack", ReportBlock.text("No attack is measured yet."));
        }
        List<ReportBlock> blocks = new ArrayList<>();
        // a norm with attacks at one radius only has no curve
        for (String norm : norms(findings)) {
            for (String metric : List.of(FigureNames.BALANCED_ACCURACY, FigureNames.AUROC)) {
                Chart chart = chart(source, findings, norm, metric);
                if (chart.series().stream().anyMatch(s -> s.style() == Chart.Style.LINE)) {
                    blocks.add(ReportBlock.chart(chart));
                }
            }
        }
        FigureTable table = new FigureTable(findings, FigureTable.USUAL, "Attack", "Norm", "Epsilon");
        findings.clean().ifPresent(m -> table.add(m, "none", "", "0"));
        attacks.forEach(m -> table.add(
                m,
                AttackDescription.described(m.condition().attack()),
                AttackDescription.norm(m.condition().attack().norm()),
                AttackDescription.number(m.condition().attack().epsilon())));
        blocks.add(table.block("Epsilon is the radius of the ball around an image in [0,1], in the attack’s norm."));
        return new Report.Section("attacks", "Robustness against attack", blocks);
    }

    private static Iterable<String> norms(Findings findings) {
        TreeSet<String> norms = new TreeSet<>();
        findings.untargetedAttacks()
                .forEach(m -> norms.add(m.condition().attack().norm()));
        return norms;
    }

    private static Chart chart(ReportSource source, Findings findings, String norm, String metric) {
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
        return new Chart(
                FigureTable.title(metric) + " under " + AttackDescription.norm(norm)
                        + " attacks by radius, bands: 95% intervals",
                "epsilon (" + AttackDescription.norm(norm) + ", pixels in [0,1])",
                FigureTable.title(metric),
                0.0,
                1.0,
                series);
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
