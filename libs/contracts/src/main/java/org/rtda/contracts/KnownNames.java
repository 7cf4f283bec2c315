package org.rtda.contracts;

import java.util.List;

/** The variants a request may name. The modules that implement them hold their own registries to these lists by test. */
public final class KnownNames {
    public static final List<String> METHODS =
            List.of("rtda", "erm", "augmix", "adversarial", "trades", "augmix-adversarial", "robust-augmix");
    public static final List<String> NETWORKS =
            List.of("resnet8", "resnet20", "resnet18", "resnet50", "wide-resnet-50-2");
    public static final List<String> ATTACKS = List.of("pgd-l2", "pgd-linf");
    public static final List<String> ATTACK_OBJECTIVES = List.of("cross-entropy", "kl-divergence");
    public static final List<String> CORRUPTIONS = List.of(
            "gaussian-noise", "speckle-noise", "gaussian-blur", "contrast-down", "brightness-up", "jpeg", "pixelate");
    public static final List<String> OPTIMIZERS = List.of("sgd", "adamw");
    public static final List<String> SCHEDULES = List.of("cosine", "step", "constant");
    public static final List<String> BATCH_NORM_MODES = List.of("separate", "joint", "dual");
    public static final List<String> CLASS_WEIGHTS = List.of("none", "balanced");
    public static final List<String> CHECKPOINTS = List.of("last", "best");

    private KnownNames() {}
}
