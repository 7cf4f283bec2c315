package org.rtda.evaluator.suite;

import org.rtda.contracts.settings.Condition;

/**
 * Decides which conditions have figures by subgroup: the test images clean, under PGD in the training ball and under every
 * corruption at its middle severity, and every shift. Each further one would cost as many figures as there are subgroups.
 */
public final class SubgroupConditions {
    static final int SEVERITY = 3;

    private SubgroupConditions() {}

    public static boolean has(Condition condition, SuiteSubject subject) {
        boolean isTest = condition.split().equals(Suite.TEST);
        return switch (condition.kind()) {
            case SHIFT -> true;
            case CLEAN -> isTest;
            // radii that agree to the digits of a label are one condition, so the label is compared, not the radius
            case ATTACK ->
                isTest
                        && condition
                                .label()
                                .equals(subject.attack(subject.pgdOfTheTrainingBall())
                                        .label());
            case CORRUPTION -> isTest && condition.severity() == SEVERITY;
            case ATTACKED_CORRUPTION, WORST_CASE, TRANSFER, PROBE -> false;
        };
    }
}
