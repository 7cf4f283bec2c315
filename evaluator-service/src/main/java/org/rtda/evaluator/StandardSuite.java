package org.rtda.evaluator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.rtda.contracts.AttackSettings;
import org.rtda.contracts.Condition;
import org.rtda.contracts.DatasetManifest;
import org.rtda.core.corruption.Corruption;

/** At the end of a training: the test images clean, under PGD at each radius, corrupted, and from elsewhere. */
final class StandardSuite implements Suite {
    @Override
    public String name() {
        return "standard";
    }

    @Override
    public String split() {
        return TEST;
    }

    @Override
    public int images(SuiteSubject subject) {
        return subject.settings().testImages();
    }

    @Override
    public List<Condition> conditions(SuiteSubject subject) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.clean(TEST));
        AttackSettings trainedAgainst = subject.trainedAgainst();
        TreeSet<Double> radii = new TreeSet<>(subject.settings().epsilons());
        boolean trainedInL2 = trainedAgainst.norm().equals("l2");
        if (trainedInL2) {
            radii.add(trainedAgainst.epsilon());
        }
        for (double radius : radii) {
            conditions.add(subject.attack(
                    SuiteSubject.pgd("pgd-l2", radius, subject.settings().attackSteps(), 1)));
        }
        if (!trainedInL2) {
            conditions.add(subject.attack(subject.pgdOfTheTrainingBall()));
        }
        for (String corruption : subject.corruptions()) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                conditions.add(Condition.corruption(corruption, severity, TEST));
            }
        }
        subject.manifest().splits().keySet().stream()
                .filter(split -> split.startsWith(DatasetManifest.SHIFT_PREFIX))
                .sorted()
                .forEach(split -> conditions.add(Condition.shift(split)));
        return conditions;
    }
}
