package org.rtda.evaluator.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition.Kind;
import org.rtda.evaluator.condition.UnperturbedCondition;

/**
 * Gates that check whether every class of the data set is tested, and whether the model distinguishes classes at all.
 */
final class ClassGates {
    private ClassGates() {}

    /** The clean images are not all given one class (which makes the balanced accuracy one over the number of classes). */
    static GateVerdict notOneClassForAll(EndedConditions conditions) {
        Optional<Figure> most = conditions.evaluation().measured().stream()
                .filter(m -> m.condition().kind() == Kind.CLEAN)
                .flatMap(m -> EndedConditions.figure(m, UnperturbedCondition.MOST_GIVEN).stream())
                .findFirst();
        return most.map(f -> GateVerdict.of(
                        f.value() < 1,
                        conditions.labels(),
                        EndedConditions.share(f.value()) + " of " + f.n() + " clean images are given " + f.note()))
                .orElseGet(() -> GateVerdict.notJudged("the clean images were not measured"));
    }

    /** The clean images, and those of each shift, are of every class: without that there is no balanced accuracy. */
    static GateVerdict everyClassIsTested(EndedConditions conditions) {
        List<String> lacking = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (RobustnessMetric.Measured measured : conditions.evaluation().measured()) {
            Kind kind = measured.condition().kind();
            if (kind == Kind.CLEAN || kind == Kind.SHIFT) {
                Optional<Figure> balanced = measured.values().stream()
                        .filter(f -> f.metric().equals(FigureNames.BALANCED_ACCURACY))
                        .findFirst();
                balanced.ifPresent(f -> {
                    String label = measured.condition().label();
                    if (f.value() == null) {
                        lacking.add(label);
                    }
                    findings.add(
                            label + ": " + (f.value() == null ? f.note() : "every class among " + f.n() + " images"));
                });
            }
        }
        return findings.isEmpty()
                ? GateVerdict.notJudged("the clean images were not measured")
                : GateVerdict.of(lacking.isEmpty(), lacking, String.join("; ", findings));
    }
}
