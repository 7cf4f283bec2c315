package org.rtda.evaluator.suite;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.settings.Condition;

/** The suite during training: a few conditions on a sample of the validation images, cheap enough for every epoch. */
final class QuickSuite implements Suite {
    private static final int SEVERITY = 3;
    private static final int CORRUPTIONS = 2;

    /** The first two that the modality's column has. */
    private static final List<String> PREFERRED = List.of("gaussian-noise", "contrast-down", "speckle-noise");

    @Override
    public String name() {
        return "quick";
    }

    @Override
    public String split() {
        return VALIDATION;
    }

    @Override
    public int images(SuiteSubject subject) {
        return subject.settings().quickImages();
    }

    @Override
    public List<Condition> conditions(SuiteSubject subject) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.clean(VALIDATION));
        conditions.add(Condition.attack(subject.pgdOfTheTrainingBall(), VALIDATION));
        PREFERRED.stream()
                .filter(subject.table()::has)
                .limit(CORRUPTIONS)
                .forEach(corruption -> conditions.add(Condition.corruption(corruption, SEVERITY, VALIDATION)));
        return conditions;
    }
}
