package org.rtda.contracts;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.contracts.settings.OptimizerSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.contracts.settings.SelectionSettings;
import org.rtda.contracts.settings.WarmupSettings;
import org.rtda.contracts.variant.MethodKind;

/**
 * All that a training run depends on. Absent fields take the defaults stated here, so a spec read from JSON is complete
 * except for values that depend on the images' size, which {@link #resolvedFor} fills.
 *
 * @param dataset name of an imported data set
 * @param method one of the {@link KnownNames#METHODS}; default {@code rtda}
 * @param network one of the {@link KnownNames#NETWORKS}; default {@code resnet20}
 * @param epochs passes over the training split; default 15
 * @param batchSize images a step; the last, incomplete batch of an epoch is left out (its images change with every
 *     epoch's order); default 64
 * @param seed of everything random in the run; default 1
 * @param lambda weight of the consistency term of the methods that have one; default 12
 * @param lookahead how many steps ahead attacks are crafted: 0, the default, is the exact algorithm; k crafts step t on the
 *     weights after step t-1-k, not reaching back past the start of the epoch
 * @param shards parts into which attack workers share a batch; part of what a result depends on; default 2
 * @param optimizer how gradients change the weights; when absent, everything at its default
 * @param preAugmentation what makes the clean view of a training image; when absent, everything at its default
 * @param augmix settings of AugMix, for methods that use it; when absent, everything at its default
 * @param attack the attack in training; when absent, PGD in L2 with a radius derived from the image size
 * @param evaluation the evaluations of the experiment's checkpoints; when absent, everything at its default
 * @param beta weight of the divergence in {@code trades}; default 6
 * @param batchNorm one of {@link KnownNames#BATCH_NORM_MODES}: which images of a step batch normalisation measures
 *     together. {@code separate}, the default: each view by itself; {@code joint}: all views at once; {@code dual}:
 *     adversarial views by batch norms of their own, which are not deployed
 * @param classWeights one of {@link KnownNames#CLASS_WEIGHTS}: {@code balanced} weighs the cross entropy of an image by
 *     (training images) / (classes * training images of its class), the default; {@code none} counts all the same
 * @param initialWeights safetensors file of this network's weights to begin with, fitted to classes and grey images; null,
 *     the default, for random ones
 * @param selection which epoch's network is the result, and when training ends early; when absent, the last epoch and no early end
 * @param normalization the network's first layer; default {@code training-split}
 * @param warmup what rises over the first steps; by default the attack radius over the first half of them
 */
public record ExperimentSpec(
        String dataset,
        String method,
        String network,
        Integer epochs,
        Integer batchSize,
        Long seed,
        Double lambda,
        Integer lookahead,
        Integer shards,
        OptimizerSettings optimizer,
        PreAugmentation preAugmentation,
        AugMixSettings augmix,
        AttackSettings attack,
        EvaluationSettings evaluation,
        Double beta,
        String batchNorm,
        String classWeights,
        ObjectRef initialWeights,
        SelectionSettings selection,
        InputNormalization normalization,
        WarmupSettings warmup) {

    /** Parts of a batch: a request and an answer each. */
    private static final int MOST_SHARDS = 1024;

    public ExperimentSpec {
        Check.name("dataset", dataset);
        method = Check.oneOf("method", method == null ? MethodKind.PROPOSED : method, KnownNames.METHODS);
        network = Check.oneOf("network", network == null ? "resnet20" : network, KnownNames.NETWORKS);
        epochs = epochs == null ? 15 : Check.inRange("epochs", epochs, 1, 10_000);
        batchSize = batchSize == null ? 64 : Check.inRange("batchSize", batchSize, 2, 8192);
        seed = seed == null ? 1L : seed;
        lambda = lambda == null ? 12.0 : Check.inRange("lambda", lambda, 0, 1000);
        beta = beta == null ? 6.0 : Check.inRange("beta", beta, 0, 1000);
        lookahead = lookahead == null ? 0 : Check.inRange("lookahead", lookahead, 0, 64);
        shards = shards == null ? 2 : Check.inRange("shards", shards, 1, Math.min(MOST_SHARDS, batchSize));
        optimizer = optimizer == null ? OptimizerSettings.DEFAULT : optimizer;
        preAugmentation = preAugmentation == null ? PreAugmentation.DEFAULT : preAugmentation;
        augmix = augmix == null ? AugMixSettings.DEFAULT : augmix;
        attack = attack == null ? AttackSettings.DEFAULT : attack;
        Check.oneOf("attack.name", attack.name(), KnownNames.TRAINING_ATTACKS);
        if (KnownNames.METHODS_ATTACKING_DIVERGENCE.contains(method)) {
            attack.requireDivergence("method " + method);
        }
        evaluation = evaluation == null ? EvaluationSettings.DEFAULT : evaluation;
        Check.inRange("optimizer.warmupEpochs", optimizer.warmupEpochs(), 0, epochs);
        batchNorm = Check.oneOf("batchNorm", batchNorm == null ? "separate" : batchNorm, KnownNames.BATCH_NORM_MODES);
        classWeights =
                Check.oneOf("classWeights", classWeights == null ? "balanced" : classWeights, KnownNames.CLASS_WEIGHTS);
        if (initialWeights != null) {
            ObjectKeys.requireInitialWeights("initialWeights.key", initialWeights.key());
        }
        selection = selection == null ? SelectionSettings.DEFAULT : selection;
        normalization = normalization == null ? InputNormalization.named(null) : normalization;
        warmup = warmup == null ? WarmupSettings.DEFAULT : warmup;
    }

    /**
     * The first layer of the network that a run with this specification trains.
     *
     * @return null for [-1,1] in a specification that was resolved by an earlier build, which had no other
     */
    public InputNormalization trainedNormalization() {
        return normalization.mean() == null ? null : normalization;
    }

    /**
     * This spec with every value that depends on the data set filled in.
     *
     * @throws InvalidFieldException when it does not fit the data set: batch larger than the training split, crop padding
     *     not smaller than the images, an L2 radius larger than any distance of two images, a selection by validation without
     *     a {@code val} image of every class, balanced class weights without a training image of every class, fewer than two
     *     classes, dual batch norms with a method whose views are all adversarial
     */
    public ExperimentSpec resolvedFor(DatasetManifest data) {
        if (data.classes().size() < 2) {
            throw new InvalidFieldException(
                    "dataset",
                    dataset,
                    "one of at least 2 classes, this one has " + data.classes().size());
        }
        int trainImages = data.split(SplitNames.TRAIN).count();
        if (batchSize > trainImages) {
            throw new InvalidFieldException(
                    "batchSize", batchSize, "at most " + trainImages + ", the training images of " + dataset);
        }
        if (selection.needsValidation()) {
            selection.requireEveryClass(data);
        }
        if (classWeights.equals("balanced")) {
            requireTrainingImageOfEveryClass(data);
        }
        if (batchNorm.equals("dual") && !MethodKind.named(method).seesCleanViews()) {
            throw new InvalidFieldException(
                    "batchNorm",
                    batchNorm,
                    "separate or joint with method " + method
                            + ", whose views are all adversarial: the batch norm that is"
                            + " deployed would never be trained");
        }
        if (attack.epsilon() != null && attack.norm().equals("l2")) {
            Check.inRange(
                    "attack.epsilon",
                    attack.epsilon(),
                    0,
                    AttackSettings.largestL2Distance(data.channels(), data.height(), data.width()));
        }
        int side = Math.min(data.height(), data.width());
        Check.inRange("preAugmentation.cropPadding", preAugmentation.cropPadding(), 0, side - 1);
        return toBuilder()
                .attack(attack.resolvedFor(data.channels(), data.height(), data.width()))
                .evaluation(evaluation.resolvedFor(data.channels(), data.height(), data.width(), attack.norm()))
                .normalization(normalization.resolvedFor(data))
                .build();
    }

    private void requireTrainingImageOfEveryClass(DatasetManifest data) {
        List<String> missing = data.split(SplitNames.TRAIN).classesWithoutImages(data.classes());
        if (!missing.isEmpty()) {
            throw new InvalidFieldException(
                    "classWeights",
                    classWeights,
                    "none on data set " + data.name() + ": its training split has no image of class "
                            + String.join(", ", missing) + ", which cannot be weighed");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .dataset(dataset)
                .method(method)
                .network(network)
                .epochs(epochs)
                .batchSize(batchSize)
                .seed(seed)
                .lambda(lambda)
                .lookahead(lookahead)
                .shards(shards)
                .optimizer(optimizer)
                .preAugmentation(preAugmentation)
                .augmix(augmix)
                .attack(attack)
                .evaluation(evaluation)
                .beta(beta)
                .batchNorm(batchNorm)
                .classWeights(classWeights)
                .initialWeights(initialWeights)
                .selection(selection)
                .normalization(normalization)
                .warmup(warmup);
    }

    /** Sets components by name; one that is not set takes its default, and {@code dataset} must be set. */
    public static final class Builder {
        private String dataset;
        private String method;
        private String network;
        private Integer epochs;
        private Integer batchSize;
        private Long seed;
        private Double lambda;
        private Integer lookahead;
        private Integer shards;
        private OptimizerSettings optimizer;
        private PreAugmentation preAugmentation;
        private AugMixSettings augmix;
        private AttackSettings attack;
        private EvaluationSettings evaluation;
        private Double beta;
        private String batchNorm;
        private String classWeights;
        private ObjectRef initialWeights;
        private SelectionSettings selection;
        private InputNormalization normalization;
        private WarmupSettings warmup;

        private Builder() {}

        public Builder dataset(String dataset) {
            this.dataset = dataset;
            return this;
        }

        public Builder method(String method) {
            this.method = method;
            return this;
        }

        public Builder network(String network) {
            this.network = network;
            return this;
        }

        public Builder epochs(Integer epochs) {
            this.epochs = epochs;
            return this;
        }

        public Builder batchSize(Integer batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        public Builder seed(Long seed) {
            this.seed = seed;
            return this;
        }

        public Builder lambda(Double lambda) {
            this.lambda = lambda;
            return this;
        }

        public Builder lookahead(Integer lookahead) {
            this.lookahead = lookahead;
            return this;
        }

        public Builder shards(Integer shards) {
            this.shards = shards;
            return this;
        }

        public Builder optimizer(OptimizerSettings optimizer) {
            this.optimizer = optimizer;
            return this;
        }

        public Builder preAugmentation(PreAugmentation preAugmentation) {
            this.preAugmentation = preAugmentation;
            return this;
        }

        public Builder augmix(AugMixSettings augmix) {
            this.augmix = augmix;
            return this;
        }

        public Builder attack(AttackSettings attack) {
            this.attack = attack;
            return this;
        }

        public Builder evaluation(EvaluationSettings evaluation) {
            this.evaluation = evaluation;
            return this;
        }

        public Builder beta(Double beta) {
            this.beta = beta;
            return this;
        }

        public Builder batchNorm(String batchNorm) {
            this.batchNorm = batchNorm;
            return this;
        }

        public Builder classWeights(String classWeights) {
            this.classWeights = classWeights;
            return this;
        }

        public Builder initialWeights(ObjectRef initialWeights) {
            this.initialWeights = initialWeights;
            return this;
        }

        public Builder selection(SelectionSettings selection) {
            this.selection = selection;
            return this;
        }

        public Builder normalization(InputNormalization normalization) {
            this.normalization = normalization;
            return this;
        }

        public Builder warmup(WarmupSettings warmup) {
            this.warmup = warmup;
            return this;
        }

        public ExperimentSpec build() {
            return new ExperimentSpec(
                    dataset,
                    method,
                    network,
                    epochs,
                    batchSize,
                    seed,
                    lambda,
                    lookahead,
                    shards,
                    optimizer,
                    preAugmentation,
                    augmix,
                    attack,
                    evaluation,
                    beta,
                    batchNorm,
                    classWeights,
                    initialWeights,
                    selection,
                    normalization,
                    warmup);
        }
    }
}
