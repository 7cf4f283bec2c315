package org.rtda.evaluator.gates;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.Condition.Kind;
import org.rtda.contracts.variant.AttackKind.Family;

/**
 * The input of all gates: the figures of an ended evaluation, and the checkpoint and data set that it is about.
 *
 * @param checkpoint empty when its document cannot be read
 * @param manifest of its data set, empty likewise
 */
public record EndedConditions(
        EndedEvaluation evaluation, Optional<CheckpointSaved> checkpoint, Optional<DatasetManifest> manifest) {

    /** A condition and its accuracy. */
    record Row(Condition condition, double accuracy, int n) {
        AttackSettings attack() {
            return condition.attack();
        }

        String label() {
            return condition.label();
        }

        /** One image: the least by which two accuracies can differ. */
        double oneImage() {
            return 1.0 / n;
        }

        boolean sharesBallAndImages(Row other) {
            return attack().norm().equals(other.attack().norm())
                    && attack().epsilon().equals(other.attack().epsilon())
                    && condition.split().equals(other.condition().split());
        }

        String said() {
            return label() + " " + share(accuracy);
        }
    }

    static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** The measured conditions that the predicate takes, in the plan's order. */
    List<Row> rows(Predicate<Condition> wanted) {
        return evaluation.measured().stream()
                .filter(m -> wanted.test(m.condition()))
                .flatMap(m ->
                        figure(m, FigureNames.ACCURACY).map(f -> new Row(m.condition(), f.value(), f.n())).stream())
                .toList();
    }

    Optional<Row> clean() {
        return rows(c -> c.kind() == Kind.CLEAN).stream().findFirst();
    }

    /** Attacks with no goal but a wrong class. */
    List<Row> attacks(Predicate<AttackSettings> wanted) {
        return rows(c -> c.kind() == Kind.ATTACK && c.goal() == null && wanted.test(c.attack()));
    }

    static boolean isPgd(AttackSettings attack) {
        return attack.kind().family() == Family.PGD;
    }

    /** Attacks that follow a gradient. */
    static boolean followsGradient(AttackSettings attack) {
        return attack.kind().followsGradient();
    }

    /** Of everything that adversarial images were made for, probes apart. */
    List<String> labelsOfAttacks() {
        return evaluation.measured().stream()
                .map(RobustnessMetric.Measured::condition)
                .filter(EndedConditions::isAttacked)
                .map(Condition::label)
                .toList();
    }

    static boolean isAttacked(Condition condition) {
        return switch (condition.kind()) {
            case ATTACK, ATTACKED_CORRUPTION, WORST_CASE, TRANSFER -> true;
            case CLEAN, CORRUPTION, SHIFT, PROBE -> false;
        };
    }

    List<String> labels() {
        return evaluation.measured().stream().map(m -> m.condition().label()).toList();
    }

    /** A figure that has a value. */
    static Optional<Figure> figure(RobustnessMetric.Measured measured, String metric) {
        return measured.values().stream()
                .filter(f -> f.metric().equals(metric) && f.value() != null)
                .findFirst();
    }

    /** The one figure of a probe. */
    Optional<Figure> probe(String metric) {
        return evaluation.measured().stream()
                .filter(m -> m.condition().kind() == Kind.PROBE)
                .flatMap(m -> figure(m, metric).stream())
                .findFirst();
    }
}
