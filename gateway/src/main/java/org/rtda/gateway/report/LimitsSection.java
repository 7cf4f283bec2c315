package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.report.Report;
import org.rtda.report.ReportBlock;

/** The section on what the figures do not show. */
final class LimitsSection implements ReportSection {
    private static final Map<Condition.Kind, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Condition.Kind.ATTACK, "attacks");
        KINDS.put(Condition.Kind.WORST_CASE, "the worst case over a set of attacks");
        KINDS.put(Condition.Kind.TRANSFER, "transfer from other models");
        KINDS.put(Condition.Kind.CORRUPTION, "corruptions");
        KINDS.put(Condition.Kind.ATTACKED_CORRUPTION, "attacks on corrupted images");
        KINDS.put(Condition.Kind.SHIFT, "test sets from another source");
    }

    @Override
    public Report.Section of(ReportSource source, Findings findings) {
        return Report.Section.of("limits", "Limits", ReportBlock.points(limits(source, findings)));
    }

    /** Kinds of conditions of which none is measured, in words. */
    static List<String> absent(Findings findings) {
        return KINDS.entrySet().stream()
                .filter(kind -> findings.ofKind(kind.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    static List<String> limits(ReportSource source, Findings findings) {
        ExperimentSpec spec = source.spec();
        List<String> limits = new ArrayList<>();
        limits.add("Not for clinical use: a research result on one data set, without regulatory review.");
        findings.clean()
                .flatMap(m -> Findings.defined(m, FigureNames.ACCURACY)
                        .map(f -> String.format(
                                Locale.ROOT,
                                "%s: the interval of clean accuracy is %.1f points wide. A difference"
                                        + " inside the intervals is not a difference.",
                                m.subset() == null
                                        ? "The test set has " + f.n() + " images"
                                        : "Test images: " + m.subset().inWords(),
                                100 * (f.high() - f.low()))))
                .ifPresent(limits::add);
        limits.add("One training run with seed " + spec.seed()
                + ": how much the figures vary from seed to seed is not part of the intervals.");
        limits.add("Accuracy under an attack is an upper bound: a stronger attack may lower it. "
                + (findings.ofKind(Condition.Kind.WORST_CASE).isEmpty()
                        ? "Only single attacks were tried here."
                        : "The worst case over a set is the tightest bound here."));
        List<String> absent = absent(findings);
        if (!absent.isEmpty()) {
            limits.add("Not measured: " + String.join(", ", absent) + ".");
        }
        limits.add(
                "Corruptions use MedMNIST-C's parameters, made for 224 x 224 pixels; at smaller sizes kernel sizes and"
                        + " pixelate factors are scaled with the side. It has no set for mammograms: they are judged by the chest"
                        + " X-ray's.");
        limits.addAll(SplitLimits.of(source.manifest().orElse(null)));
        if (spec.lookahead() > 0) {
            limits.add("Trained with lookahead " + spec.lookahead()
                    + ": adversarial images were crafted on weights up to " + spec.lookahead() + " steps older.");
        }
        return List.copyOf(limits);
    }
}
