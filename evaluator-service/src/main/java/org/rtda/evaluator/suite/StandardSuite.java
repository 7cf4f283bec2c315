package org.rtda.evaluator.suite;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.core.corruption.Corruption;

/**
 * The suite at the end of a training: the test images clean, under PGD at each radius and under each corruption, and
 * the shifted test sets.
 */
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
        for (String norm : KnownNames.NORMS) {
            for (double radius : subject.radii(norm)) {
                conditions.add(subject.attack(SuiteSubject.pgd(
                        AttackKind.pgdIn(norm).name(),
                        radius,
                        subject.settings().attackSteps(),
                        1)));
            }
        }
        for (String corruption : subject.corruptions()) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                conditions.add(Condition.corruption(corruption, severity, TEST));
            }
        }
        subject.manifest().splits().keySet().stream()
                .filter(SplitNames::isShift)
                .sorted()
                .forEach(split -> conditions.add(Condition.shift(split)));
        return conditions;
    }
}
