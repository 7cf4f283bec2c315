package org.rtda.contracts;

/**
 * An attack and its strength.
 *
 * @param name one of {@link KnownNames#ATTACKS}; default {@code pgd-l2}
 * @param epsilon radius of the ball, in pixel units (images in [0,1]); when absent it is derived from the image size
 * @param steps gradient steps; default 7
 * @param stepSize length of a step in pixel units; default {@code 2.5 * epsilon / steps}
 * @param randomStart begin at a random place in the ball; default true
 */
public record AttackSettings(String name, Double epsilon, Integer steps, Double stepSize, Boolean randomStart) {
    public AttackSettings {
        name = Check.oneOf("attack.name", name == null ? "pgd-l2" : name, KnownNames.ATTACKS);
        if (epsilon != null) {
            Check.inRange("attack.epsilon", epsilon, 0, 1000);
        }
        steps = steps == null ? 7 : Check.inRange("attack.steps", steps, 1, 1000);
        if (stepSize != null) {
            Check.inRange("attack.stepSize", stepSize, 0, 1000);
        } else if (epsilon != null) {
            stepSize = 2.5 * epsilon / steps;
        }
        randomStart = randomStart == null || randomStart;
    }

    /** These settings, with the reference strength per pixel where no epsilon was given (see {@link #referenceEpsilon}). */
    public AttackSettings resolvedFor(int channels, int height, int width) {
        double resolved = epsilon != null
                ? epsilon
                : referenceEpsilon(name.endsWith("linf") ? 8.0 / 255 : 1.0, name, channels, height, width);
        return new AttackSettings(name, resolved, steps, stepSize, randomStart);
    }

    /**
     * The radius with the same strength per pixel as {@code epsilon} has on 3 x 32 x 32: for L2
     * {@code epsilon * sqrt(CHW / 3072)}, for Linf epsilon itself.
     */
    public static double referenceEpsilon(double epsilon, String name, int channels, int height, int width) {
        return name.endsWith("linf") ? epsilon : epsilon * Math.sqrt(channels * height * width / 3072.0);
    }
}
