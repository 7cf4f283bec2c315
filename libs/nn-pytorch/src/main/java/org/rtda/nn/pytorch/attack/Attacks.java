package org.rtda.nn.pytorch.attack;

import java.util.List;

/** The attacks by name. */
public final class Attacks {
    private static final List<String> NAMES = List.of(
            "pgd-l2",
            "pgd-linf",
            "fgsm",
            "apgd-ce",
            "apgd-margin",
            "apgd-dlr",
            "apgd-targeted-dlr",
            "fab",
            "fab-targeted",
            "square",
            "random-noise");

    private Attacks() {}

    public static List<String> names() {
        return NAMES;
    }

    /** The attack that the parameters name; they have checked themselves. */
    public static Attack of(AttackParameters parameters) {
        return switch (parameters.name()) {
            case "pgd-l2", "pgd-linf" -> new PgdAttack(parameters);
            case "fgsm" -> PgdAttack.oneStep(parameters);
            case "apgd-ce" -> new ApgdAttack(parameters, ApgdLoss.CROSS_ENTROPY);
            case "apgd-margin" -> new ApgdAttack(parameters, ApgdLoss.MARGIN);
            case "apgd-dlr" -> new ApgdAttack(parameters, ApgdLoss.LOGITS_RATIO);
            case "apgd-targeted-dlr" -> new ApgdAttack(parameters, ApgdLoss.TARGETED_LOGITS_RATIO);
            case "fab" -> new FabAttack(parameters, false);
            case "fab-targeted" -> new FabAttack(parameters, true);
            case "square" -> new SquareAttack(parameters);
            case "random-noise" -> new RandomNoise(parameters);
            default -> throw new IllegalStateException("no attack is made for the known name " + parameters.name());
        };
    }
}
