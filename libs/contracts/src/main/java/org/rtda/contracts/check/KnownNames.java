package org.rtda.contracts.check;

import java.util.List;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.contracts.variant.MethodKind;

/**
 * The names of methods, networks, attacks, corruptions and other variants that a request may contain. The modules that
 * implement them hold their own registries to these lists by test.
 */
public final class KnownNames {
    /** Described in {@link MethodKind}. */
    public static final List<String> METHODS = MethodKind.names();
    /** Methods whose attacks raise the objective {@code kl-divergence}. */
    public static final List<String> METHODS_ATTACKING_DIVERGENCE = MethodKind.namesWhere(MethodKind::raisesDivergence);

    public static final List<String> NETWORKS =
            List.of("resnet8", "resnet20", "resnet18", "resnet50", "wide-resnet-50-2", "efficientnet-lite0");
    /** What training may be against. */
    public static final List<String> TRAINING_ATTACKS = AttackKind.trainingNames();

    /** Described in {@link AttackKind}. */
    public static final List<String> ATTACKS = AttackKind.names();
    /** Attacks that begin at one place only: a restart would repeat them. */
    public static final List<String> ATTACKS_WITHOUT_RANDOM_START = AttackKind.namesWhere(AttackKind::isOneStep);
    /** Attacks that can be aimed at one class for all images. */
    public static final List<String> TARGETABLE_ATTACKS = AttackKind.namesWhere(AttackKind::aimable);
    /** Attacks that can raise the objective {@code kl-divergence}. */
    public static final List<String> DIVERGENCE_ATTACKS = AttackKind.namesWhere(AttackKind::hasStepSize);

    public static final List<String> NORMS = List.of("l2", "linf");
    /** Attacks of which the worst counts, image by image. */
    public static final List<String> ATTACK_SETS = List.of("aa-binary", "aa-standard");
    /** What an attack wants: a diseased image judged healthy, or a healthy one judged diseased. */
    public static final List<String> ATTACK_GOALS = List.of("miss", "false-alarm");

    public static final List<String> ATTACK_OBJECTIVES = List.of("cross-entropy", "kl-divergence");
    /** Described in {@link CorruptionKind}. */
    public static final List<String> CORRUPTIONS = CorruptionKind.names();
    /** MedMNIST-C has a table of corruptions for the first two; the others are judged by the second's. */
    public static final List<String> MODALITIES = List.of("ultrasound", "chest-xray", "mammogram", "other");
    /** Suites of conditions that a checkpoint can be judged under. */
    public static final List<String> SUITES = List.of("quick", "standard", "full");
    /** Questions to a model whose answer says whether its other figures can be believed. */
    public static final List<String> PROBES = List.of("gradients", "forward-passes", "attack-replay", "logits");
    /** Rules that a believable evaluation keeps. */
    public static final List<String> GATES = List.of(
            "more-steps-are-not-weaker",
            "accuracy-does-not-rise-with-epsilon",
            "unbounded-attack-succeeds",
            "attack-has-converged",
            "black-box-does-not-win",
            "noise-hurts-less",
            "gradients-are-there",
            "forward-passes-agree",
            "perturbations-are-within-bounds",
            "undefended-model-falls",
            "attack-replays-equal",
            "logits-are-not-probabilities",
            "not-one-class-for-all",
            "every-class-is-tested");

    public static final List<String> OPTIMIZERS = List.of("sgd", "adamw");
    public static final List<String> SCHEDULES = List.of("cosine", "step", "constant");
    public static final List<String> BATCH_NORM_MODES = List.of("separate", "joint", "dual");
    public static final List<String> CLASS_WEIGHTS = List.of("none", "balanced");
    public static final List<String> NORMALIZATIONS = List.of("training-split", "imagenet", "symmetric");
    public static final List<String> CHECKPOINTS = List.of("last", "best");

    private KnownNames() {}
}
