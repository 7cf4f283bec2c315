package org.rtda.evaluator.suite;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.AttackKind;

/**
 * What a reviewer asks for beyond the standard suite (the checklist of Carlini et al., "On Evaluating Adversarial
 * Robustness", 2019; attack sets after Croce and Hein, ICML 2020): every attack in the training ball, the worst of a set of
 * them there and at the reference strength, PGD with more effort, forced misses and false alarms (where a class is known to
 * be the healthy one), attacked corruptions, and what the gates need: noise of the same size, an unbounded attack, probes.
 *
 * <p>The DLR loss needs three classes and its targeted form four, so with two or three classes the set is
 * {@code aa-binary}, with more {@code aa-standard}.
 */
public final class FullSuite implements Suite {
    static final int RESTARTS = 5;
    static final int MORE_STEPS_FACTOR = 2;
    static final int UNBOUNDED_STEPS = 100;

    private static final List<Double> LINF_RADII = List.of(8.0 / 255, 2.0 / 255);
    private static final int SET_QUERIES = 5000;
    private static final int CORRUPTION_SEVERITY = 3;

    private final Suite standard;

    FullSuite(Suite standard) {
        this.standard = standard;
    }

    @Override
    public String name() {
        return "full";
    }

    @Override
    public String split() {
        return TEST;
    }

    @Override
    public int images(SuiteSubject subject) {
        return standard.images(subject);
    }

    @Override
    public List<Condition> conditions(SuiteSubject subject) {
        List<Condition> conditions = new ArrayList<>(standard.conditions(subject));
        singleAttacks(subject).forEach(attack -> conditions.add(subject.attack(attack)));
        worstCases(subject).forEach(set -> conditions.add(Condition.worstCase(set, TEST)));
        AttackSettings pgd = subject.pgdOfTheTrainingBall();
        if (HealthyClass.of(subject.manifest()).isPresent()) {
            KnownNames.ATTACK_GOALS.forEach(goal -> conditions.add(Condition.attack(pgd, goal, TEST)));
        }
        for (String corruption : subject.corruptions()) {
            conditions.add(Condition.attackedCorruption(pgd, corruption, CORRUPTION_SEVERITY, TEST));
        }
        KnownNames.PROBES.forEach(probe -> conditions.add(Condition.probe(probe, TEST)));
        // a radius that the standard suite has already is measured once
        return List.copyOf(new LinkedHashSet<>(conditions));
    }

    private static List<AttackSettings> singleAttacks(SuiteSubject subject) {
        String pgd = subject.trainedAgainst().name();
        double epsilon = subject.trainedAgainst().epsilon();
        int steps = subject.settings().attackSteps();
        List<AttackSettings> attacks = new ArrayList<>();
        attacks.add(subject.inTheTrainingBall("fgsm"));
        attacks.add(SuiteSubject.pgd(pgd, epsilon, steps, RESTARTS));
        attacks.add(SuiteSubject.pgd(pgd, epsilon, MORE_STEPS_FACTOR * steps, 1));
        for (double radius : LINF_RADII) {
            attacks.add(SuiteSubject.pgd("pgd-linf", radius, steps, 1));
        }
        attacks.add(subject.inTheTrainingBall("apgd-ce"));
        attacks.add(subject.inTheTrainingBall("apgd-margin"));
        if (subject.manifest().classes().size() >= AttackKind.named("apgd-dlr").leastClasses()) {
            attacks.add(subject.inTheTrainingBall("apgd-dlr"));
        }
        attacks.add(subject.inTheTrainingBall("fab"));
        attacks.add(subject.inTheTrainingBall("square"));
        attacks.add(subject.inTheTrainingBall("random-noise"));
        attacks.add(SuiteSubject.pgd("pgd-l2", unboundedRadius(subject), UNBOUNDED_STEPS, 1));
        return attacks;
    }

    private static double unboundedRadius(SuiteSubject subject) {
        return AttackSettings.unboundedL2Radius(
                subject.manifest().channels(),
                subject.manifest().height(),
                subject.manifest().width());
    }

    private static List<AttackSet> worstCases(SuiteSubject subject) {
        AttackSettings trained = subject.trainedAgainst();
        List<AttackSet> sets = new ArrayList<>();
        sets.add(worstCase(subject, trained.norm(), trained.epsilon()));
        sets.add(worstCase(
                subject,
                "l2",
                AttackSettings.referenceEpsilon(
                        1.0,
                        "l2",
                        subject.manifest().channels(),
                        subject.manifest().height(),
                        subject.manifest().width())));
        return sets;
    }

    private static AttackSet worstCase(SuiteSubject subject, String norm, double epsilon) {
        boolean targeted = subject.manifest().classes().size()
                >= AttackKind.named("apgd-targeted-dlr").leastClasses();
        List<AttackSettings> members = new ArrayList<>();
        members.add(AttackSettings.of("apgd-ce", norm, epsilon));
        members.add(AttackSettings.of(targeted ? "apgd-targeted-dlr" : "apgd-margin", norm, epsilon));
        members.add(AttackSettings.of(targeted ? "fab-targeted" : "fab", norm, epsilon));
        members.add(AttackSettings.builder()
                .name("square")
                .epsilon(epsilon)
                .steps(SET_QUERIES)
                .norm(norm)
                .build());
        return new AttackSet(targeted ? "aa-standard" : "aa-binary", members);
    }
}
