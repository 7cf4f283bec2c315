package org.rtda.nn.pytorch.attack;

import org.rtda.nn.pytorch.engine.ValueRanges;

/**
 * An attack, its strength and its aim.
 *
 * @param name one of {@link Attacks#names()}
 * @param norm of {@code pgd-l2} and {@code pgd-linf} the one they are named after
 * @param epsilon radius of the ball, in pixel units, in [0, 1000]
 * @param steps gradient steps (of {@code square}: queries), at least 1; of {@code fgsm} and {@code random-noise} 1
 * @param stepSize of {@code pgd-*}: length of a step in the norm, in pixel units, in [0, 1000]; of other attacks null
 * @param randomStart of {@code pgd-*}: whether to begin at a random place in the ball; of other attacks null
 * @param restarts how often the search is begun, each time at another place, the worst image of all being kept; 1 for what
 *     has only one place to begin at
 * @param objective what {@code fgsm} and {@code pgd-*} raise; other attacks have an objective of their own and are given
 *     {@link AttackObjective#CROSS_ENTROPY}
 * @param targetClass the class that each image shall be taken for, whose cross entropy is then lowered; null when any wrong
 *     one will do. Known to {@code fgsm}, {@code pgd-*} and {@code apgd-ce}
 */
public record AttackParameters(
        String name,
        Norm norm,
        double epsilon,
        int steps,
        Double stepSize,
        Boolean randomStart,
        int restarts,
        AttackObjective objective,
        Integer targetClass) {
    public AttackParameters {
        AttackVariant variant = Attacks.named(name);
        boolean pgd = variant.hasStepSize();
        if (!variant.takes(norm)) {
            throw new IllegalArgumentException("norm of the attack " + name + " must be "
                    + variant.onlyNorm().map(Norm::title).orElse("one of " + Norm.names()) + ", was "
                    + (norm == null ? null : norm.title()));
        }
        ValueRanges.requireFrom0("epsilon", epsilon);
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, was " + steps);
        }
        if (steps > 1 && variant.oneStep()) {
            throw new IllegalArgumentException("steps of the attack " + name + " must be 1, was " + steps);
        }
        if (restarts < 1) {
            throw new IllegalArgumentException("restarts must be at least 1, was " + restarts);
        }
        if (pgd) {
            requireGiven("stepSize", stepSize, name);
            requireGiven("randomStart", randomStart, name);
            ValueRanges.requireFrom0("stepSize", stepSize);
        } else if (stepSize != null || randomStart != null) {
            throw new IllegalArgumentException("stepSize and randomStart must be absent for the attack " + name
                    + ", were " + stepSize + " and " + randomStart);
        }
        boolean random = pgd ? randomStart : !variant.oneStep();
        if (restarts > 1 && !random) {
            throw new IllegalArgumentException("restarts must be 1 for " + name + (pgd ? " without randomStart" : "")
                    + ", which begins at one place only, was " + restarts);
        }
        if (objective == null) {
            throw new IllegalArgumentException("objective must be one of " + AttackObjective.names() + ", was null");
        }
        if (objective == AttackObjective.KL_DIVERGENCE) {
            if (!pgd) {
                throw new IllegalArgumentException("objective of the attack " + name + " must be cross-entropy, was "
                        + objective.title() + ": use "
                        + String.join(" or ", Attacks.namesWhere(AttackVariant::hasStepSize)) + " with it");
            }
            if (!randomStart) {
                throw new IllegalArgumentException(
                        "randomStart must be true with the objective kl-divergence, whose gradient is"
                                + " zero at the clean image, was false");
            }
        }
        if (targetClass != null) {
            if (!variant.aimable()) {
                throw new IllegalArgumentException("targetClass must be absent for the attack " + name + ", was "
                        + targetClass + ": use one of " + Attacks.namesWhere(AttackVariant::aimable));
            }
            if (objective != AttackObjective.CROSS_ENTROPY) {
                throw new IllegalArgumentException(
                        "objective must be cross-entropy with a targetClass, was " + objective.title());
            }
            if (targetClass < 0) {
                throw new IllegalArgumentException("targetClass must be at least 0, was " + targetClass);
            }
        }
    }

    /** PGD of {@code pgd-l2} or {@code pgd-linf} towards any wrong class, begun once. */
    public static AttackParameters pgd(
            String name, AttackObjective objective, double epsilon, int steps, double stepSize, boolean randomStart) {
        return builder()
                .name(name)
                .norm(Attacks.named(name).onlyNorm().orElse(null))
                .objective(objective)
                .epsilon(epsilon)
                .steps(steps)
                .stepSize(stepSize)
                .randomStart(randomStart)
                .build();
    }

    /** Any other attack, begun once. */
    public static AttackParameters of(String name, Norm norm, double epsilon, int steps) {
        return builder().name(name).norm(norm).epsilon(epsilon).steps(steps).build();
    }

    EpsilonBall ball() {
        return new EpsilonBall(norm, epsilon);
    }

    private static <T> T requireSet(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be set, was null");
        }
        return value;
    }

    private static void requireGiven(String field, Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given for the attack " + name + ", was null");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is absent, {@code restarts} are 1 and the objective is the cross entropy. */
    public static final class Builder {
        private String name;
        private Norm norm;
        private Double epsilon;
        private Integer steps;
        private Double stepSize;
        private Boolean randomStart;
        private int restarts = 1;
        private AttackObjective objective = AttackObjective.CROSS_ENTROPY;
        private Integer targetClass;

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder norm(Norm norm) {
            this.norm = norm;
            return this;
        }

        public Builder epsilon(double epsilon) {
            this.epsilon = epsilon;
            return this;
        }

        public Builder steps(int steps) {
            this.steps = steps;
            return this;
        }

        public Builder stepSize(Double stepSize) {
            this.stepSize = stepSize;
            return this;
        }

        public Builder randomStart(Boolean randomStart) {
            this.randomStart = randomStart;
            return this;
        }

        public Builder restarts(int restarts) {
            this.restarts = restarts;
            return this;
        }

        public Builder objective(AttackObjective objective) {
            this.objective = objective;
            return this;
        }

        public Builder targetClass(Integer targetClass) {
            this.targetClass = targetClass;
            return this;
        }

        public AttackParameters build() {
            return new AttackParameters(
                    name,
                    norm,
                    requireSet("epsilon", epsilon),
                    requireSet("steps", steps),
                    stepSize,
                    randomStart,
                    restarts,
                    objective,
                    targetClass);
        }
    }
}
