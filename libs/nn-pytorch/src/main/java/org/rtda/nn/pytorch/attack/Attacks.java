package org.rtda.nn.pytorch.attack;

import java.util.List;
import java.util.function.Predicate;

/** The attacks by name. A new one is one entry of {@link #ALL}. */
public final class Attacks {
    private static final List<AttackVariant> ALL = List.of(
            AttackVariant.pgd(Norm.L2),
            AttackVariant.pgd(Norm.LINF),
            AttackVariant.oneStep("fgsm", PgdAttack::oneStep).andAimable(),
            apgd(ApgdLoss.CROSS_ENTROPY).andAimable(),
            apgd(ApgdLoss.MARGIN),
            apgd(ApgdLoss.LOGITS_RATIO),
            apgd(ApgdLoss.TARGETED_LOGITS_RATIO),
            AttackVariant.search("fab", parameters -> new FabAttack(parameters, false)),
            AttackVariant.search("fab-targeted", parameters -> new FabAttack(parameters, true)),
            AttackVariant.search("square", SquareAttack::new),
            AttackVariant.oneStep("random-noise", RandomNoise::new));

    private Attacks() {}

    private static AttackVariant apgd(ApgdLoss loss) {
        return AttackVariant.search(loss.attack(), parameters -> new ApgdAttack(parameters, loss));
    }

    public static List<String> names() {
        return namesWhere(any -> true);
    }

    static List<String> namesWhere(Predicate<AttackVariant> wanted) {
        return ALL.stream().filter(wanted).map(AttackVariant::name).toList();
    }

    /** @throws IllegalArgumentException when there is no such attack; names the known ones */
    static AttackVariant named(String name) {
        return ALL.stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("attack must be one of " + names() + ", was " + name));
    }

    /** The attack that the parameters name; they have checked themselves. */
    public static Attack of(AttackParameters parameters) {
        return named(parameters.name()).make().apply(parameters);
    }
}
