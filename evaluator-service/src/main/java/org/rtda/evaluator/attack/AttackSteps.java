package org.rtda.evaluator.attack;

/** How many classes an attack's loss is defined for. */
public final class AttackSteps {
    private AttackSteps() {}

    /**
     * The DLR loss divides by a difference of the first and the third greatest logit, its targeted form takes the fourth
     * (Croce and Hein, ICML 2020, eq. 6 and 7).
     */
    public static int least(String attack) {
        return switch (attack) {
            case "apgd-dlr" -> 3;
            case "apgd-targeted-dlr" -> 4;
            default -> 2;
        };
    }
}
