package org.rtda.gateway.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.SubgroupSummary;

/** What the final evaluation has measured, as sentences of a model card. Empty for what it has not. */
final class MeasuredFacts {
    private MeasuredFacts() {}

    static Optional<String> externalTesting(ModelCardItem.Facts facts) {
        List<Measured> shifts = facts.findings().ofKind(Condition.Kind.SHIFT);
        return Optional.of(
                shifts.isEmpty()
                        ? "none"
                        : shifts.stream().map(m -> m.condition().split()).collect(Collectors.joining(", ")));
    }

    static Optional<String> failureAnalysis(ModelCardItem.Facts facts) {
        return Optional.of("confusion by class, misses and false alarms, calibration"
                + (facts.findings().measured().stream().anyMatch(m -> m.gallery() != null)
                        ? ", images that were turned"
                        : "")
                + ", as far as measured: see the sections; no reading of them by clinicians");
    }

    static Optional<String> performance(ModelCardItem.Facts facts) {
        return facts.findings().clean().flatMap(m -> figures(facts, m));
    }

    static Optional<String> fairness(ModelCardItem.Facts facts) {
        List<String> worst = SubgroupSection.worst(
                new SubgroupSummary(facts.source().submit().experimentId(), facts.findings()).rows());
        return worst.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", worst));
    }

    static Optional<String> robustness(ModelCardItem.Facts facts) {
        return facts.findings().trainingAttack(facts.source()).flatMap(m -> figures(facts, m));
    }

    private static Optional<String> figures(ModelCardItem.Facts facts, Measured m) {
        String flags = facts.findings().gates().stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED
                        && gate.condemns(m.condition().label()))
                .map(gate -> " ⚑" + gate.flag().id())
                .collect(Collectors.joining());
        String text = FigureTable.USUAL.stream()
                .flatMap(metric -> Findings.defined(m, metric).stream())
                .map(f -> String.format(
                        Locale.ROOT, "%s %.3f [%.3f, %.3f]%s", f.metric(), f.value(), f.low(), f.high(), flags))
                .collect(Collectors.joining(", "));
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(m.condition().label() + ": " + text + ", n "
                        + Subset.imagesInWords(m.values().get(0).n(), m.subset()));
    }
}
