package org.rtda.nn.pytorch;

import java.util.List;

/** The attacks by name. */
public final class Attacks {
    private static final List<String> NAMES = List.of("pgd-l2", "pgd-linf");

    private Attacks() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * An attack.
     *
     * @param objective what it raises
     * @param epsilon radius of the ball, in pixel units, in [0, 1000]
     * @param steps gradient steps, at least 1
     * @param stepSize length of a step in the attack's norm, in pixel units, in [0, 1000]
     * @param randomStart whether to begin at a random place in the ball
     * @throws IllegalArgumentException for an unknown name, listing the known ones, or a value out of range
     */
    public static Attack named(
            String name, AttackObjective objective, double epsilon, int steps, double stepSize, boolean randomStart) {
        return switch (name) {
            case "pgd-l2" -> new PgdAttack(objective, Norm.L2, epsilon, steps, stepSize, randomStart);
            case "pgd-linf" -> new PgdAttack(objective, Norm.LINF, epsilon, steps, stepSize, randomStart);
            default -> throw new IllegalArgumentException("attack must be one of " + NAMES + ", was " + name);
        };
    }
}
