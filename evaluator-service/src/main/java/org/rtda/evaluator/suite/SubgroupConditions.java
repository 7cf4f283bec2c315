package org.rtda.evaluator.suite;

import org.rtda.contracts.settings.Condition;

/**
 * The conditions whose figures are told by subgroup, all on test images: clean ones, PGD in the training ball, and every corruption at its middle
 * severity. Each further one would cost as many figures as there are subgroups.
 */
public final class SubgroupConditions {
    static final int SEVERITY = 3;

    private SubgroupConditions() {}

    public static boolean has(Condition condition, SuiteSubject subject) {
        if (!condition.split().equals(Suite.TEST)) {
            return false;
        }
        return switch (condition.kind()) {
            case CLEAN -> true;
            // radii that agree to the digits of a label are one condition, so the label is compared, not the radius
            case ATTACK ->
                condition
                        .label()
                        .equals(subject.attack(subject.pgdOfTheTrainingBall()).label());
            case CORRUPTION -> condition.severity() == SEVERITY;
            case SHIFT, ATTACKED_CORRUPTION, WORST_CASE, TRANSFER, PROBE -> false;
        };
    }
}
