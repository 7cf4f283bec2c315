package org.rtda.nn.pytorch.attack;

import java.util.Optional;
import java.util.function.Function;

/**
 * One of the attacks: what its parameters may be, and how it is made of them.
 *
 * @param onlyNorm the one that it is named after; empty where it can be made in every norm
 * @param hasStepSize whether a step size and a random start are given, and it can raise the divergence; else it has its own
 * @param oneStep whether it has always one step, from one place
 * @param aimable whether it can pull all images to one given class
 */
record AttackVariant(
        String name,
        Optional<Norm> onlyNorm,
        boolean hasStepSize,
        boolean oneStep,
        boolean aimable,
        Function<AttackParameters, Attack> make) {

    /** Projected gradient descent in one norm. */
    static AttackVariant pgd(Norm norm) {
        return new AttackVariant("pgd-" + norm.title(), Optional.of(norm), true, false, true, PgdAttack::new);
    }

    /** A search in every norm that chooses its steps itself. */
    static AttackVariant search(String name, Function<AttackParameters, Attack> make) {
        return new AttackVariant(name, Optional.empty(), false, false, false, make);
    }

    /** One step in every norm. */
    static AttackVariant oneStep(String name, Function<AttackParameters, Attack> make) {
        return new AttackVariant(name, Optional.empty(), false, true, false, make);
    }

    AttackVariant andAimable() {
        return new AttackVariant(name, onlyNorm, hasStepSize, oneStep, true, make);
    }

    boolean takes(Norm norm) {
        return norm != null && onlyNorm.map(norm::equals).orElse(true);
    }
}
