package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Gate;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.CorruptionKind;

/**
 * The few figures by which a reader tells experiments apart: balanced accuracies of one evaluation, in [0,1], each with its 95%
 * interval. A figure is null while it is not measured, or where the data set or the suite does not have it.
 *
 * @param evaluation id of the experiment's own evaluation of its final checkpoint; before that, of the latest quick one
 * @param epoch epochs that the judged checkpoint was trained for
 * @param last whether it judges the final checkpoint, on test images; else that of {@code epoch}, on validation images
 * @param clean on images as they are; null until it is measured
 * @param attacked under the attack of the training at its radius, in the settings of the evaluation; null until it is measured, and where
 *     training has no attack
 * @param corrupted mean over the planned corruptions that training does not use; null until all are measured
 * @param shifted lowest of the external test sets; null until all are measured, and where the data set has none
 * @param subgroup lowest of the subgroups on clean images; small ones count only where all are small. Null until it is measured, and where
 *     the data set has no subgroups
 * @param passedGates gates that the checkpoint's evaluations passed
 * @param failedGates names of those that one of them failed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Headline(
        String evaluation,
        int epoch,
        boolean last,
        Value clean,
        Value attacked,
        Value corrupted,
        Value shifted,
        Value subgroup,
        int passedGates,
        List<String> failedGates) {

    /**
     * @param value balanced accuracy, in [0,1]
     * @param low lower end of the 95% interval
     * @param high upper end of the 95% interval
     * @param n images behind it; of a mean the fewest of a condition
     * @param constant what an answer that is the same for every image scores; null where that is not known
     * @param of what it was measured on, for example {@code shift-other-scanner} or {@code 60 conditions}
     * @param failedGates the gates that say of it that it does not stand
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Value(
            double value, double low, double high, int n, Double constant, String of, List<String> failedGates) {}

    /** Empty before the first figure. */
    static Optional<Headline> of(ExperimentView view) {
        ExperimentSpec spec = view.submit().orElseThrow().spec();
        return view.finalEvaluation()
                .filter(EvaluationView::hasFigures)
                .or(() -> view.evaluations().stream()
                        .filter(evaluation -> evaluation.name() == null && evaluation.hasFigures())
                        .reduce((earlier, later) -> later))
                .map(evaluation -> new Reading(view, evaluation).headline(spec));
    }

    /** One evaluation, its figures and the gates of its checkpoint. */
    private record Reading(EvaluationView evaluation, List<Measured> measured, CheckpointGates gates) {
        Reading(ExperimentView view, EvaluationView evaluation) {
            this(evaluation, evaluation.measured(), CheckpointGates.of(view, evaluation));
        }

        Headline headline(ExperimentSpec spec) {
            return new Headline(
                    evaluation.id(),
                    evaluation.epoch(),
                    evaluation.isLast(),
                    ofKind(Condition.Kind.CLEAN)
                            .findFirst()
                            .flatMap(this::value)
                            .orElse(null),
                    attacked(spec).flatMap(this::value).orElse(null),
                    corrupted(),
                    shifted(),
                    ofKind(Condition.Kind.CLEAN)
                            .findFirst()
                            .flatMap(this::worstSubgroup)
                            .orElse(null),
                    gates.named(Gate.Outcome.PASSED).size(),
                    gates.named(Gate.Outcome.FAILED));
        }

        private Stream<Measured> ofKind(Condition.Kind kind) {
            return measured.stream().filter(m -> m.condition().kind() == kind);
        }

        private Optional<Measured> attacked(ExperimentSpec spec) {
            AttackSettings trained = spec.attack();
            return ofKind(Condition.Kind.ATTACK)
                    .filter(m -> m.condition().goal() == null)
                    .filter(m -> m.condition().attack().isLike(trained))
                    .min(Comparator.comparingInt(m -> Math.abs(
                            m.condition().attack().steps() - spec.evaluation().attackSteps())));
        }

        private Value corrupted() {
            List<Condition> planned = evaluation.plan().stream()
                    .filter(condition -> condition.kind() == Condition.Kind.CORRUPTION && isHeldOut(condition))
                    .toList();
            List<Value> values = ofKind(Condition.Kind.CORRUPTION)
                    .filter(m -> isHeldOut(m.condition()))
                    .flatMap(m -> value(m).stream())
                    .toList();
            if (values.isEmpty() || values.size() < planned.size()) {
                return null;
            }
            return new Value(
                    values.stream().mapToDouble(Value::value).average().orElseThrow(),
                    // conditions share their images: the mean of the ends is no narrower than the mean's interval
                    values.stream().mapToDouble(Value::low).average().orElseThrow(),
                    values.stream().mapToDouble(Value::high).average().orElseThrow(),
                    values.stream().mapToInt(Value::n).min().orElseThrow(),
                    values.stream().anyMatch(value -> value.constant == null)
                            ? null
                            : values.stream()
                                    .mapToDouble(value -> value.constant)
                                    .average()
                                    .orElseThrow(),
                    values.size() + " conditions",
                    values.stream()
                            .flatMap(value -> value.failedGates.stream())
                            .distinct()
                            .toList());
        }

        private Value shifted() {
            List<Measured> shifts = ofKind(Condition.Kind.SHIFT).toList();
            long planned = evaluation.plan().stream()
                    .filter(condition -> condition.kind() == Condition.Kind.SHIFT)
                    .count();
            if (shifts.size() < planned) {
                // a set that is missing may be the worst
                return null;
            }
            return shifts.stream()
                    .flatMap(shift -> value(shift).stream())
                    .min(Comparator.comparingDouble(Value::value))
                    .orElse(null);
        }

        private static boolean isHeldOut(Condition condition) {
            return !CorruptionKind.named(condition.corruption()).isLikeAugMix();
        }

        private Optional<Value> worstSubgroup(Measured clean) {
            List<Subgroup> told = clean.subgroups() == null ? List.of() : clean.subgroups();
            boolean anyLarge = told.stream().anyMatch(subgroup -> !subgroup.small());
            return told.stream()
                    .filter(subgroup -> !anyLarge || !subgroup.small())
                    .flatMap(subgroup -> balancedAccuracy(subgroup.values())
                            .map(f -> value(f, subgroup.attribute() + " " + subgroup.value(), clean))
                            .stream())
                    .min(Comparator.comparingDouble(Value::value));
        }

        private Optional<Value> value(Measured m) {
            return balancedAccuracy(m.values()).map(f -> value(f, m.condition().label(), m));
        }

        private static Optional<Figure> balancedAccuracy(List<Figure> figures) {
            return figures.stream()
                    .filter(f -> f.metric().equals(FigureNames.BALANCED_ACCURACY) && f.value() != null)
                    .findFirst();
        }

        private Value value(Figure f, String of, Measured m) {
            return new Value(
                    f.value(),
                    f.low() == null ? f.value() : f.low(),
                    f.high() == null ? f.value() : f.high(),
                    f.n(),
                    f.constant(),
                    of,
                    gates.failedBy(m.condition()));
        }
    }
}
