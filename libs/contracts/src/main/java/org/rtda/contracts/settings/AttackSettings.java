package org.rtda.contracts.settings;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.AttackKind;

/**
 * An attack and its strength.
 *
 * @param name one of the {@link KnownNames#ATTACKS}; default {@code pgd-l2}
 * @param epsilon radius of the ball, in pixel units (images in [0,1]); when absent it is derived from the image size
 * @param steps gradient steps (of {@code square}: queries); default 7 for PGD, 100 for APGD and FAB, 1000 for Square; of
 *     {@code fgsm} and {@code random-noise} always 1
 * @param stepSize of PGD alone: length of a step in pixel units; default {@code 2.5 * epsilon / steps}
 * @param randomStart of PGD alone: begin at a random place in the ball; default true
 * @param norm one of {@link KnownNames#NORMS}; default {@code l2}, of {@code pgd-linf} always {@code linf}
 * @param restarts how often the search is begun, each time at another place, the worst image of all being kept; default 1,
 *     and always 1 where the attack begins at one place: PGD without random start,
 *     {@link KnownNames#ATTACKS_WITHOUT_RANDOM_START}
 */
public record AttackSettings(
        String name,
        Double epsilon,
        Integer steps,
        Double stepSize,
        Boolean randomStart,
        String norm,
        Integer restarts) {
    /** PGD in L2, its radius still to be derived from the image size. */
    public static final AttackSettings DEFAULT = builder().build();

    private static final double LARGEST_L2_RADIUS = 1000;
    private static final double ROUNDING = 1e-9;
    /** Labels have four digits: radii that differ by less than half of the last one are written alike. */
    private static final double SAME_RADIUS = 5e-4;

    public AttackSettings {
        name = Check.oneOf("attack.name", name == null ? "pgd-l2" : name, KnownNames.ATTACKS);
        AttackKind kind = AttackKind.named(name);
        boolean pgd = kind.hasStepSize();
        steps = steps == null ? kind.defaultEffort() : Check.inRange("attack.steps", steps, 1, 100_000);
        if (kind.isOneStep()) {
            Check.inRange("attack.steps (of " + name + ")", steps, 1, 1);
        }
        if (stepSize != null) {
            if (!pgd) {
                throw new InvalidFieldException("attack.stepSize", stepSize, "absent for the attack " + name);
            }
        } else if (pgd && epsilon != null) {
            stepSize = 2.5 * epsilon / steps;
        }
        if (pgd) {
            randomStart = randomStart == null || randomStart;
        } else if (randomStart != null) {
            throw new InvalidFieldException("attack.randomStart", randomStart, "absent for the attack " + name);
        }
        norm = Check.oneOf("attack.norm", norm != null ? norm : kind.onlyNorm().orElse("l2"), kind.norms());
        if (epsilon != null) {
            requireRadius("attack.epsilon", epsilon, norm);
        }
        if (stepSize != null) {
            requireRadius("attack.stepSize", stepSize, norm);
        }
        restarts = restarts == null ? 1 : Check.inRange("attack.restarts", restarts, 1, 100);
        if (restarts > 1 && pgd && !randomStart) {
            throw new InvalidFieldException(
                    "attack.restarts",
                    restarts,
                    "1 with attack.randomStart false, since every restart would begin at the same place");
        }
        if (restarts > 1 && KnownNames.ATTACKS_WITHOUT_RANDOM_START.contains(name)) {
            throw new InvalidFieldException(
                    "attack.restarts", restarts, "1 for the attack " + name + ", which begins at one place only");
        }
    }

    /**
     * Checks that the attack can raise the divergence between the predictions on the perturbed and on the original image.
     *
     * @throws InvalidFieldException when it has another objective of its own, or begins at the original image, where the
     *     gradient of the divergence is zero
     */
    public void requireDivergence(String wanted) {
        Check.oneOf("attack.name (with " + wanted + ")", name, KnownNames.DIVERGENCE_ATTACKS);
        if (!randomStart) {
            throw new InvalidFieldException(
                    "attack.randomStart",
                    false,
                    "true with " + wanted + ", whose attack raises the divergence from the prediction on the original"
                            + " image: its gradient is zero there");
        }
    }

    /** Any attack with its defaults. */
    public static AttackSettings of(String name, String norm, double epsilon) {
        return builder().name(name).norm(norm).epsilon(epsilon).build();
    }

    /** A radius says its norm where it is refused: 8 is a fair L2 radius of a large image, and no Linf radius of any. */
    public static void requireRadius(String field, double radius, String norm) {
        if (!norm.equals("linf")) {
            Check.inRange(field, radius, 0, LARGEST_L2_RADIUS);
        } else if (!(radius >= 0 && radius <= 1)) {
            throw new InvalidFieldException(
                    field + " of norm linf",
                    radius,
                    "in [0, 1] (pixels are in [0,1]; 8 grey levels of 255 are 8/255 = 0.0314)");
        }
    }

    /** The L2 distance of the farthest two images: a ball this large leaves every image within reach. */
    public static double largestL2Distance(int channels, int height, int width) {
        return Math.sqrt((double) channels * height * width);
    }

    /** The L2 radius of an attack that may turn any image into any other: that distance, or the largest radius that is allowed. */
    public static double unboundedL2Radius(int channels, int height, int width) {
        return Math.min(LARGEST_L2_RADIUS, largestL2Distance(channels, height, width));
    }

    /**
     * Whether the ball holds every image of this size, so that the attack may turn any image into any other.
     *
     * @throws NullPointerException where epsilon is absent
     */
    public boolean isUnbounded(int channels, int height, int width) {
        double everyImage = norm.equals("linf") ? 1 : unboundedL2Radius(channels, height, width);
        return epsilon >= everyImage * (1 - ROUNDING);
    }

    /** Whether it searches a ball of this norm and radius; radii that labels cannot tell apart are one. */
    public boolean hasBall(String norm, double radius) {
        return this.norm.equals(norm) && Math.abs(epsilon - radius) <= SAME_RADIUS * radius;
    }

    /**
     * Whether it is the other attack, however long either searches: of its name, in its ball.
     *
     * @param other of any radius; with one that is yet to be derived from the image size none compares
     */
    public boolean isLike(AttackSettings other) {
        return name.equals(other.name) && other.epsilon != null && hasBall(other.norm, other.epsilon);
    }

    /** How long it searches, in words, for example {@code 10 steps} or {@code 1000 queries}. */
    public String effort() {
        return kind().effort(steps);
    }

    /** What the attack is, whatever its strength. */
    public AttackKind kind() {
        return AttackKind.named(name);
    }

    /**
     * What of it does not change with the radius, in short: {@code pgd-l2-10}, {@code apgd-ce-l2-100} (the norm where the name does
     * not have it), with restarts {@code pgd-l2-10x5}.
     */
    public String seriesLabel() {
        return name + (kind().onlyNorm().isPresent() ? "" : "-" + norm) + "-" + steps
                + (restarts > 1 ? "x" + restarts : "");
    }

    /** These settings, with the reference strength per pixel where no epsilon was given (see {@link #referenceEpsilon}). */
    public AttackSettings resolvedFor(int channels, int height, int width) {
        double resolved = epsilon != null
                ? epsilon
                : referenceEpsilon(norm.equals("linf") ? 8.0 / 255 : 1.0, norm, channels, height, width);
        return toBuilder().epsilon(resolved).build();
    }

    /**
     * The same attack in a smaller ball.
     *
     * @param factor of radius and step size, in (0, 1]
     */
    public AttackSettings scaledBy(double factor) {
        if (factor == 1) {
            return this;
        }
        return toBuilder()
                .epsilon(factor * epsilon)
                .stepSize(stepSize == null ? null : factor * stepSize)
                .build();
    }

    /**
     * The radius with the same strength per pixel as {@code epsilon} has on 3 x 32 x 32: for {@code l2}
     * {@code epsilon * sqrt(CHW / 3072)}, for {@code linf} epsilon itself.
     */
    public static double referenceEpsilon(double epsilon, String norm, int channels, int height, int width) {
        return norm.equals("linf") ? epsilon : epsilon * Math.sqrt(channels * height * width / 3072.0);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .name(name)
                .epsilon(epsilon)
                .steps(steps)
                .stepSize(stepSize)
                .randomStart(randomStart)
                .norm(norm)
                .restarts(restarts);
    }

    /** Sets components by name; one that is not set takes its default. */
    public static final class Builder {
        private String name;
        private Double epsilon;
        private Integer steps;
        private Double stepSize;
        private Boolean randomStart;
        private String norm;
        private Integer restarts;

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder epsilon(Double epsilon) {
            this.epsilon = epsilon;
            return this;
        }

        public Builder steps(Integer steps) {
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

        public Builder norm(String norm) {
            this.norm = norm;
            return this;
        }

        public Builder restarts(Integer restarts) {
            this.restarts = restarts;
            return this;
        }

        public AttackSettings build() {
            return new AttackSettings(name, epsilon, steps, stepSize, randomStart, norm, restarts);
        }
    }
}
