package org.rtda.evaluator.gates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.Condition.Kind;
import org.rtda.contracts.variant.AttackKind.Family;
import org.rtda.contracts.variant.MethodKind;
import org.rtda.evaluator.attack.PerturbationCheck;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.gates.EndedConditions.Row;

/** Gates that compare attacks with each other, with random noise and with the clean images. */
final class ComparisonGates {
    /** By so much, as a share of the images, an undefended model must fall. */
    private static final double CLEAR_FALL = 0.1;

    private ComparisonGates() {}

    /**
     * No attack that does not see the judged model's gradient (Square, images made against another model) gets the accuracy
     * below the best that does in the same ball, by more than one image.
     */
    static GateVerdict blackBoxDoesNotWin(EndedConditions conditions) {
        List<Row> black = new ArrayList<>(conditions.attacks(a -> a.kind().isBlackBox()));
        black.addAll(conditions.rows(c -> c.kind() == Kind.TRANSFER));
        List<Row> white = conditions.attacks(EndedConditions::followsGradient);
        List<String> beaten = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (Row one : black) {
            List<Row> inItsBall =
                    white.stream().filter(one::sharesBallAndImages).toList();
            Optional<Row> best = inItsBall.stream().min(Comparator.comparing(Row::accuracy));
            if (best.isPresent()) {
                compared.add(one.said() + ", best with gradients " + best.get().said());
                if (EffortGates.exceeds(best.get().accuracy(), one.accuracy() + one.oneImage())) {
                    inItsBall.stream()
                            .map(Row::label)
                            .filter(l -> !beaten.contains(l))
                            .forEach(beaten::add);
                }
            }
        }
        return compared.isEmpty()
                ? GateVerdict.notJudged("no black-box and white-box attack were measured in one ball")
                : GateVerdict.of(beaten.isEmpty(), beaten, "accuracy: " + String.join("; ", compared));
    }

    /** Under random noise the accuracy is at least that under PGD in the same ball, less one image. */
    static GateVerdict noiseHurtsLess(EndedConditions conditions) {
        List<String> above = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (Row noise : conditions.attacks(a -> a.kind().family() == Family.NOISE)) {
            for (Row pgd : conditions.attacks(EndedConditions::isPgd)) {
                if (pgd.sharesBallAndImages(noise)) {
                    compared.add(noise.said() + ", " + pgd.said());
                    if (EffortGates.exceeds(pgd.accuracy(), noise.accuracy() + noise.oneImage())) {
                        above.add(pgd.label());
                    }
                }
            }
        }
        return compared.isEmpty()
                ? GateVerdict.notJudged("noise and PGD were not both measured in one ball")
                : GateVerdict.of(above.isEmpty(), above, "accuracy: " + String.join("; ", compared));
    }

    /** Every image that an attacker sent was in its ball and in [0,1]: {@link PerturbationCheck} looks at each. */
    static GateVerdict perturbationsAreWithinBounds(EndedConditions conditions) {
        List<String> outside = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (RobustnessMetric.Failed failed : conditions.evaluation().failed()) {
            if (EvaluatorFailure.ATTACK_OUTSIDE_BALL.isReason(failed.reason())
                    || EvaluatorFailure.ATTACK_OUTSIDE_RANGE.isReason(failed.reason())
                    || EvaluatorFailure.ATTACK_SHAPE.isReason(failed.reason())) {
                outside.add(failed.condition().label());
                reasons.add(failed.reason());
            }
        }
        List<String> checked = conditions.labelsOfAttacks();
        if (outside.isEmpty() && checked.isEmpty()) {
            return GateVerdict.notJudged("no adversarial images were measured");
        }
        return GateVerdict.of(
                outside.isEmpty(),
                outside,
                outside.isEmpty()
                        ? "every image of " + checked.size() + " attacked conditions is within its bounds"
                        : String.join("; ", reasons));
    }

    /**
     * A model trained without a defence (method {@code erm}) falls under PGD at the reference strength: by ten points and so
     * that the two 95% intervals do not meet. Of other methods nothing is said: not falling is what they are for.
     */
    static GateVerdict undefendedModelFalls(EndedConditions conditions) {
        if (conditions.checkpoint().isEmpty() || conditions.manifest().isEmpty()) {
            return GateVerdict.notJudged(
                    "the method is not known: the checkpoint's document or the manifest cannot be read");
        }
        String method = conditions.checkpoint().get().spec().method();
        if (!MethodKind.named(method).undefended()) {
            return GateVerdict.notJudged("the method " + method + " is not an undefended one, such as erm");
        }
        DatasetManifest data = conditions.manifest().get();
        double reference = AttackSettings.referenceEpsilon(1.0, "l2", data.channels(), data.height(), data.width());
        Optional<RobustnessMetric.Measured> clean = measured(conditions, c -> c.kind() == Kind.CLEAN);
        Optional<RobustnessMetric.Measured> attacked = measured(
                conditions,
                c -> c.kind() == Kind.ATTACK
                        && c.goal() == null
                        && EndedConditions.isPgd(c.attack())
                        && c.attack().hasBall("l2", reference));
        if (clean.isEmpty() || attacked.isEmpty()) {
            return GateVerdict.notJudged("the clean images and PGD at the reference's L2 epsilon "
                    + EndedConditions.share(reference) + " were not both measured");
        }
        Figure before =
                EndedConditions.figure(clean.get(), FigureNames.ACCURACY).orElseThrow();
        Figure after =
                EndedConditions.figure(attacked.get(), FigureNames.ACCURACY).orElseThrow();
        boolean falls = after.high() < before.low() && before.value() - after.value() >= CLEAR_FALL;
        return GateVerdict.of(
                falls,
                conditions.labelsOfAttacks(),
                "accuracy: clean " + said(before) + ", "
                        + attacked.get().condition().label() + " " + said(after));
    }

    private static Optional<RobustnessMetric.Measured> measured(
            EndedConditions conditions, Predicate<Condition> wanted) {
        return conditions.evaluation().measured().stream()
                .filter(m -> wanted.test(m.condition())
                        && EndedConditions.figure(m, FigureNames.ACCURACY).isPresent())
                .findFirst();
    }

    private static String said(Figure figure) {
        return EndedConditions.share(figure.value()) + " [" + EndedConditions.share(figure.low()) + ", "
                + EndedConditions.share(figure.high()) + "]";
    }
}
