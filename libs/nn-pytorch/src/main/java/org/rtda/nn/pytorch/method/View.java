package org.rtda.nn.pytorch.method;

import org.rtda.nn.pytorch.attack.AttackObjective;

/**
 * A version of the batch that a training method needs.
 *
 * @param name unique in the method, for example {@code augmix}
 * @param kind what makes it
 * @param source for {@code ADVERSARIAL}: the view the attack starts from, which need not be one of the method's own; else
 *     null
 * @param objective for {@code ADVERSARIAL}: what the attack raises; else null
 */
public record View(String name, Kind kind, View source, AttackObjective objective) {

    /** What makes a view. */
    public enum Kind {
        /** Pre-augmentation only. */
        CLEAN,
        /** AugMix of the clean view. */
        AUGMIX,
        /** An attack on the current weights, from another view. */
        ADVERSARIAL
    }

    public View {
        boolean attacked = kind == Kind.ADVERSARIAL;
        if (attacked != (source != null) || attacked != (objective != null)) {
            throw new IllegalArgumentException("view " + name
                    + ": exactly the adversarial views have a source and an objective, had " + source + " and "
                    + objective);
        }
        if (attacked && source.kind == Kind.ADVERSARIAL) {
            throw new IllegalArgumentException("view " + name + ": an attack starts from a clean or an augmented view");
        }
    }

    static View clean(String name) {
        return new View(name, Kind.CLEAN, null, null);
    }

    static View augmix(String name) {
        return new View(name, Kind.AUGMIX, null, null);
    }

    static View adversarial(String name, View source) {
        return adversarial(name, source, AttackObjective.CROSS_ENTROPY);
    }

    static View adversarial(String name, View source, AttackObjective objective) {
        return new View(name, Kind.ADVERSARIAL, source, objective);
    }
}
