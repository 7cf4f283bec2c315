package org.rtda.contracts.variant;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * What a training method is, seen from outside: what a step of it costs and what it defends against. Its class in
 * {@code nn-pytorch} is held to it by a test. A new method is one entry of {@link #ALL}.
 *
 * @param views of each image whose forward passes a step keeps, at least 1; each is differentiated once
 * @param attacks whether one of the views is crafted by the training attack
 * @param seesCleanViews whether one of the views is not adversarial; without one, {@code dual} batch norms would leave the deployed
 *     one untrained
 * @param raisesDivergence whether its attack raises {@code kl-divergence}, which needs a random start; else the cross entropy
 * @param undefended whether it is plain training, which an attack must be able to fool
 */
public record MethodKind(
        String name, int views, boolean attacks, boolean seesCleanViews, boolean raisesDivergence, boolean undefended) {
    /** The method that this system is about; the others are what it is compared with. */
    public static final String PROPOSED = "rtda";

    private static final List<MethodKind> ALL = List.of(
            new MethodKind(PROPOSED, 3, true, true, false, false),
            new MethodKind("erm", 1, false, true, false, true),
            new MethodKind("augmix", 3, false, true, false, false),
            new MethodKind("adversarial", 1, true, false, false, false),
            new MethodKind("trades", 2, true, true, true, false),
            new MethodKind("augmix-adversarial", 1, true, false, false, false),
            new MethodKind("robust-augmix", 3, true, true, false, false));

    public static List<MethodKind> all() {
        return ALL;
    }

    public static List<String> names() {
        return ALL.stream().map(MethodKind::name).toList();
    }

    /** Those of a kind. */
    public static List<String> namesWhere(Predicate<MethodKind> wanted) {
        return ALL.stream().filter(wanted).map(MethodKind::name).toList();
    }

    /** @throws NoSuchElementException when there is no such method; whoever may be wrong checks the name first */
    public static MethodKind named(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("method must be one of " + names() + ", was " + name));
    }
}
