package org.rtda.contracts.variant;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an attack is. Validation, the evaluator's suites and gates, and reports read it here; the attack's own class in
 * {@code nn-pytorch} is held to it by a test. A new attack is one entry of {@link #ALL}.
 *
 * @param family how it searches
 * @param norms in which it can be made, at least one; what has only one is named after it
 * @param defaultEffort steps or queries where none are asked for, at least 1
 * @param leastClasses for which its loss is defined, at least 2
 * @param targeted whether it is tried on several wrong classes in turn
 * @param aimable whether it can pull all images to one given class
 * @param training whether training may be against it
 */
public record AttackKind(
        String name,
        Family family,
        List<String> norms,
        int defaultEffort,
        int leastClasses,
        boolean targeted,
        boolean aimable,
        boolean training) {

    /** How an attack searches the ball. */
    public enum Family {
        /** Projected gradient descent with steps of one size, from a random place on request. */
        PGD,
        /** One step along the gradient, from the image. */
        FGSM,
        /** PGD that adapts its step size. */
        APGD,
        /** Follows the decision boundary for the nearest image of another class. */
        FAB,
        /** Asks for the model's answers alone. */
        SQUARE,
        /** Drawn, not searched: what attacks are compared with. */
        NOISE
    }

    private static final List<String> EVERY_NORM = List.of("l2", "linf");

    /**
     * The DLR loss divides by a difference of the first and the third greatest logit, its targeted form takes the fourth (Croce and
     * Hein, ICML 2020, eq. 6 and 7).
     */
    private static final List<AttackKind> ALL = List.of(
            new AttackKind("pgd-l2", Family.PGD, List.of("l2"), 7, 2, false, true, true),
            new AttackKind("pgd-linf", Family.PGD, List.of("linf"), 7, 2, false, true, true),
            new AttackKind("fgsm", Family.FGSM, EVERY_NORM, 1, 2, false, true, false),
            new AttackKind("apgd-ce", Family.APGD, EVERY_NORM, 100, 2, false, true, false),
            new AttackKind("apgd-margin", Family.APGD, EVERY_NORM, 100, 2, false, false, false),
            new AttackKind("apgd-dlr", Family.APGD, EVERY_NORM, 100, 3, false, false, false),
            new AttackKind("apgd-targeted-dlr", Family.APGD, EVERY_NORM, 100, 4, true, false, false),
            new AttackKind("fab", Family.FAB, EVERY_NORM, 100, 2, false, false, false),
            new AttackKind("fab-targeted", Family.FAB, EVERY_NORM, 100, 2, true, false, false),
            new AttackKind("square", Family.SQUARE, EVERY_NORM, 1000, 2, false, false, false),
            new AttackKind("random-noise", Family.NOISE, EVERY_NORM, 1, 2, false, false, false));

    public AttackKind {
        norms = List.copyOf(norms);
    }

    public static List<AttackKind> all() {
        return ALL;
    }

    public static List<String> names() {
        return ALL.stream().map(AttackKind::name).toList();
    }

    /** Those that training may be against. */
    public static List<String> trainingNames() {
        return namesWhere(AttackKind::training);
    }

    /** Those of a kind. */
    public static List<String> namesWhere(Predicate<AttackKind> wanted) {
        return ALL.stream().filter(wanted).map(AttackKind::name).toList();
    }

    /** @throws NoSuchElementException when there is no such attack; whoever may be wrong checks the name first */
    public static AttackKind named(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("attack must be one of " + names() + ", was " + name));
    }

    /** The one that begins at a random place and takes steps of one size in this norm. */
    public static AttackKind pgdIn(String norm) {
        return ALL.stream()
                .filter(kind -> kind.family == Family.PGD && kind.norms.contains(norm))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no PGD in the norm " + norm));
    }

    /**
     * The norm of a training attack that may be wrong yet.
     *
     * @param name as somebody wrote it; a specification refuses one that is not known, whatever its norm
     * @return {@code l2} where the name is not known
     */
    public static String trainingNorm(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .flatMap(kind -> kind.onlyNorm().stream())
                .findFirst()
                .orElse("l2");
    }

    /** The norm that it is named after; empty where it can be made in several. */
    public Optional<String> onlyNorm() {
        return norms.size() == 1 ? Optional.of(norms.get(0)) : Optional.empty();
    }

    /** Whether it has a step size and a random start to be set. */
    public boolean hasStepSize() {
        return family == Family.PGD;
    }

    /** Whether its effort is always 1. */
    public boolean isOneStep() {
        return family == Family.FGSM || family == Family.NOISE;
    }

    /** Whether it sees the attacked model's gradient. */
    public boolean followsGradient() {
        return !isBlackBox() && family != Family.NOISE;
    }

    /** Whether it searches without a gradient, by the model's answers alone. */
    public boolean isBlackBox() {
        return family == Family.SQUARE;
    }

    /** The effort in words, for example {@code 1 step} or {@code 1000 queries}. */
    public String effort(int count) {
        boolean one = count == 1;
        return count + " " + (isBlackBox() ? (one ? "query" : "queries") : one ? "step" : "steps");
    }
}
