package org.rtda.contracts;

/**
 * Under what a model is judged. Exactly the fields of its kind are set.
 *
 * @param attack of kind ATTACK, resolved
 * @param corruption of kind CORRUPTION: one of {@link KnownNames#CORRUPTIONS}
 * @param severity of kind CORRUPTION: 1 to 5
 * @param split the images: {@code val}, {@code test} or {@code shift-LABEL} (kind SHIFT)
 */
public record Condition(Kind kind, AttackSettings attack, String corruption, Integer severity, String split) {

    public enum Kind {
        CLEAN,
        ATTACK,
        CORRUPTION,
        SHIFT
    }

    public Condition {
        Check.present("condition.kind", kind);
        Check.present("condition.split", split);
        if (kind == Kind.ATTACK) {
            Check.present("condition.attack", attack);
            Check.present("condition.attack.epsilon", attack.epsilon());
        } else {
            Check.absent("condition.attack", attack);
        }
        if (kind == Kind.CORRUPTION) {
            Check.oneOf("condition.corruption", corruption, KnownNames.CORRUPTIONS);
            Check.inRange("condition.severity", Check.present("condition.severity", severity), 1, 5);
        } else {
            Check.absent("condition.corruption", corruption);
            Check.absent("condition.severity", severity);
        }
    }

    public static Condition clean(String split) {
        return new Condition(Kind.CLEAN, null, null, null, split);
    }

    public static Condition attack(AttackSettings attack, String split) {
        return new Condition(Kind.ATTACK, attack, null, null, split);
    }

    public static Condition corruption(String corruption, int severity, String split) {
        return new Condition(Kind.CORRUPTION, null, corruption, severity, split);
    }

    public static Condition shift(String split) {
        return new Condition(Kind.SHIFT, null, null, null, split);
    }

    /**
     * A short, stable name: {@code clean}, {@code pgd-l2-10@0.5052} (attack, steps, epsilon to four digits), {@code gaussian-noise@3}
     * (corruption, severity), {@code shift-other-scanner}.
     */
    public String label() {
        return switch (kind) {
            case CLEAN -> "clean";
            case ATTACK -> attack.name() + "-" + attack.steps() + "@" + number(attack.epsilon());
            case CORRUPTION -> corruption + "@" + severity;
            case SHIFT -> split;
        };
    }

    private static String number(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
