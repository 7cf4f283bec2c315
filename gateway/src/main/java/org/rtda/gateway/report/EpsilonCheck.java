package org.rtda.gateway.report;

import static org.rtda.contracts.FigureNames.ACCURACY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.RobustnessMetric.Measured;

/**
 * Checks, for evaluations without gates on the radius, that accuracy does not rise with it: a larger ball contains the
 * smaller one.
 */
final class EpsilonCheck {
    static final String GATE = "accuracy-does-not-rise-with-epsilon";

    private EpsilonCheck() {}

    /** Empty where no attack was measured at two radii. */
    static Optional<JudgedGate> of(Findings findings) {
        Map<String, List<Measured>> series = new LinkedHashMap<>();
        for (Measured m : findings.untargetedAttacks()) {
            if (Findings.defined(m, ACCURACY).isPresent()) {
                series.computeIfAbsent(AttackDescription.series(m.condition().attack()), any -> new ArrayList<>())
                        .add(m);
            }
        }
        series.values().removeIf(radii -> radii.size() < 2);
        if (series.isEmpty()) {
            return Optional.empty();
        }
        List<String> rises = new ArrayList<>();
        Set<String> concerned = new LinkedHashSet<>();
        series.values().forEach(radii -> {
            for (int i = 1; i < radii.size(); i++) {
                Figure before = Findings.defined(radii.get(i - 1), ACCURACY).orElseThrow();
                Figure after = Findings.defined(radii.get(i), ACCURACY).orElseThrow();
                if (after.low() > before.high()) {
                    String from = radii.get(i - 1).condition().label();
                    String to = radii.get(i).condition().label();
                    concerned.addAll(List.of(from, to));
                    rises.add(String.format(
                            Locale.ROOT,
                            "accuracy rises beyond its intervals from %.3f under %s to %.3f under %s",
                            before.value(),
                            from,
                            after.value(),
                            to));
                }
            }
        });
        return Optional.of(new JudgedGate(
                findings.nextFlag(GATE),
                rises.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
                List.copyOf(concerned),
                "Judged by this report: "
                        + (rises.isEmpty()
                                ? "no attack leaves more images right at a larger radius, beyond the intervals."
                                : String.join("; ", rises) + ": the attack is too weak there.")));
    }
}
