package org.rtda.contracts.settings;

import java.math.BigDecimal;
import java.math.MathContext;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.CorruptionKind;

/**
 * One way in which a model is evaluated: on clean images, under an attack, under a corruption, ... Exactly the fields
 * of its kind are set.
 *
 * @param kind what is done to the images; it decides which other fields are set
 * @param attack of kinds ATTACK, ATTACKED_CORRUPTION and TRANSFER, resolved
 * @param corruption of kinds CORRUPTION and ATTACKED_CORRUPTION: one of {@link KnownNames#CORRUPTIONS}
 * @param severity of kinds CORRUPTION and ATTACKED_CORRUPTION: 1 to {@value CorruptionKind#SEVERITIES}
 * @param split the images: {@code val}, {@code test} or {@code shift-LABEL} (kind SHIFT)
 * @param goal of kind ATTACK, optional: one of {@link KnownNames#ATTACK_GOALS}; without it any wrong class will do
 * @param attackSet of kind WORST_CASE
 * @param source of kind TRANSFER: the model the images are made against
 * @param probe of kind PROBE: one of {@link KnownNames#PROBES}
 */
public record Condition(
        Kind kind,
        AttackSettings attack,
        String corruption,
        Integer severity,
        String split,
        String goal,
        AttackSet attackSet,
        SourceModel source,
        String probe) {

    public enum Kind {
        CLEAN,
        ATTACK,
        CORRUPTION,
        SHIFT,
        /** The corrupted image is attacked: the ball is around it. */
        ATTACKED_CORRUPTION,
        /** An image counts as robust when no attack of a set fools the model on it. */
        WORST_CASE,
        /** Images made against another model. */
        TRANSFER,
        /** Not a strength: whether the model can be judged as it is. */
        PROBE
    }

    public Condition {
        Check.present("condition.kind", kind);
        Check.present("condition.split", split);
        if (kind == Kind.ATTACK || kind == Kind.ATTACKED_CORRUPTION || kind == Kind.TRANSFER) {
            Check.present("condition.attack", attack);
            Check.present("condition.attack.epsilon", attack.epsilon());
        } else {
            Check.absent("condition.attack", attack);
        }
        if (kind == Kind.CORRUPTION || kind == Kind.ATTACKED_CORRUPTION) {
            Check.oneOf("condition.corruption", corruption, KnownNames.CORRUPTIONS);
            Check.inRange(
                    "condition.severity", Check.present("condition.severity", severity), 1, CorruptionKind.SEVERITIES);
        } else {
            Check.absent("condition.corruption", corruption);
            Check.absent("condition.severity", severity);
        }
        if (goal != null) {
            if (kind != Kind.ATTACK) {
                throw new InvalidFieldException("condition.goal", goal, "absent");
            }
            Check.oneOf("condition.goal", goal, KnownNames.ATTACK_GOALS);
        }
        required("condition.attackSet", attackSet, kind == Kind.WORST_CASE);
        required("condition.source", source, kind == Kind.TRANSFER);
        required("condition.probe", probe, kind == Kind.PROBE);
        if (probe != null) {
            Check.oneOf("condition.probe", probe, KnownNames.PROBES);
        }
    }

    private static void required(String field, Object value, boolean ofThisKind) {
        if (ofThisKind) {
            Check.present(field, value);
        } else {
            Check.absent(field, value);
        }
    }

    public static Condition clean(String split) {
        return builder().kind(Kind.CLEAN).split(split).build();
    }

    public static Condition attack(AttackSettings attack, String split) {
        return builder().kind(Kind.ATTACK).attack(attack).split(split).build();
    }

    /** @param goal one of {@link KnownNames#ATTACK_GOALS} */
    public static Condition attack(AttackSettings attack, String goal, String split) {
        return builder()
                .kind(Kind.ATTACK)
                .attack(attack)
                .split(split)
                .goal(goal)
                .build();
    }

    public static Condition corruption(String corruption, int severity, String split) {
        return builder()
                .kind(Kind.CORRUPTION)
                .corruption(corruption)
                .severity(severity)
                .split(split)
                .build();
    }

    public static Condition attackedCorruption(AttackSettings attack, String corruption, int severity, String split) {
        return builder()
                .kind(Kind.ATTACKED_CORRUPTION)
                .attack(attack)
                .corruption(corruption)
                .severity(severity)
                .split(split)
                .build();
    }

    public static Condition shift(String split) {
        return builder().kind(Kind.SHIFT).split(split).build();
    }

    public static Condition worstCase(AttackSet attackSet, String split) {
        return builder().kind(Kind.WORST_CASE).split(split).attackSet(attackSet).build();
    }

    public static Condition transfer(SourceModel source, AttackSettings attack, String split) {
        return builder()
                .kind(Kind.TRANSFER)
                .attack(attack)
                .split(split)
                .source(source)
                .build();
    }

    public static Condition probe(String probe, String split) {
        return builder().kind(Kind.PROBE).split(split).probe(probe).build();
    }

    /**
     * A short, stable name: {@code clean}, {@code pgd-l2-10@0.5052} (attack, steps, epsilon to four digits; with restarts
     * {@code pgd-l2-10x5@0.5052}, with a goal {@code miss-pgd-l2-10@0.5052}), {@code apgd-ce-l2-100@0.15} (the norm where the
     * name does not have it), {@code gaussian-noise@3} (corruption, severity), {@code pgd-l2-10@0.15+gaussian-noise@3},
     * {@code shift-other-scanner}, {@code aa-binary-l2@0.15}, {@code from-exp-1-pgd-l2-10@0.15}, {@code probe-gradients}.
     */
    public String label() {
        return switch (kind) {
            case CLEAN -> "clean";
            case ATTACK -> (goal == null ? "" : goal + "-") + attackLabel();
            case CORRUPTION -> corruption + "@" + severity;
            case SHIFT -> split;
            case ATTACKED_CORRUPTION -> attackLabel() + "+" + corruption + "@" + severity;
            case WORST_CASE -> attackSet.name() + "-" + attackSet.norm() + "@" + number(attackSet.epsilon());
            case TRANSFER -> "from-" + source.experimentId() + "-" + attackLabel();
            case PROBE -> "probe-" + probe;
        };
    }

    /** The {@link #label} with the split: the same for equal conditions, whichever evaluation they are of. Nobody takes it apart. */
    public String key() {
        return split + " " + label();
    }

    private String attackLabel() {
        return attack.seriesLabel() + "@" + number(attack.epsilon());
    }

    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is absent. */
    public static final class Builder {
        private Kind kind;
        private AttackSettings attack;
        private String corruption;
        private Integer severity;
        private String split;
        private String goal;
        private AttackSet attackSet;
        private SourceModel source;
        private String probe;

        private Builder() {}

        public Builder kind(Kind kind) {
            this.kind = kind;
            return this;
        }

        public Builder attack(AttackSettings attack) {
            this.attack = attack;
            return this;
        }

        public Builder corruption(String corruption) {
            this.corruption = corruption;
            return this;
        }

        public Builder severity(Integer severity) {
            this.severity = severity;
            return this;
        }

        public Builder split(String split) {
            this.split = split;
            return this;
        }

        public Builder goal(String goal) {
            this.goal = goal;
            return this;
        }

        public Builder attackSet(AttackSet attackSet) {
            this.attackSet = attackSet;
            return this;
        }

        public Builder source(SourceModel source) {
            this.source = source;
            return this;
        }

        public Builder probe(String probe) {
            this.probe = probe;
            return this;
        }

        public Condition build() {
            return new Condition(kind, attack, corruption, severity, split, goal, attackSet, source, probe);
        }
    }
}
