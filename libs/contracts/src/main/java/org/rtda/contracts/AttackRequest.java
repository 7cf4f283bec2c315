package org.rtda.contracts;

import java.time.Instant;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.InputNormalization;

/**
 * Make adversarial views; topic {@link Topic#ATTACK_REQUESTS} (training), {@link Topic#EVALUATION_ATTACK_REQUESTS} or
 * {@link Topic#NAMED_EVALUATION_ATTACK_REQUESTS}, of which workers serve the first before the second and that before the third.
 * The random start of image i is drawn with the seed {@code Seed(seed).forStep(view, step, indices[i])}.
 *
 * @param images the images to start from, and always where the labels come from
 * @param base the pixels to start from when they are not the data set's own (an augmented or corrupted batch); else null. Where it is an
 *     object, a transient one of the experiment
 * @param network one of {@link KnownNames#NETWORKS}
 * @param weights safetensors file of the exact weights to attack: of a step of the experiment, or of a checkpoint of any
 * @param attack with epsilon and step size resolved
 * @param objective what the attack raises, one of {@link KnownNames#ATTACK_OBJECTIVES}; default {@code cross-entropy};
 *     {@code kl-divergence} only of {@link KnownNames#DIVERGENCE_ATTACKS} with a random start
 * @param targetClass the class that each image shall be taken for; null when any wrong one will do. Known to
 *     {@link KnownNames#TARGETABLE_ATTACKS}, with the objective {@code cross-entropy}
 * @param normalization the network's first layer; null stands for [-1,1]
 */
public record AttackRequest(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        String replyTo,
        long attempt,
        long step,
        String view,
        int shard,
        ImageSource images,
        Payload base,
        String network,
        ObjectRef weights,
        AttackSettings attack,
        long seed,
        String objective,
        Integer targetClass,
        InputNormalization normalization)
        implements BatchRequest {
    public AttackRequest {
        RequestCheck.check(id, time, schemaVersion, experimentId, replyTo, view, images);
        if (base != null && base.object() != null) {
            ObjectKeys.requireBelow("base.object.key", base.object().key(), ObjectKeys.transients(experimentId));
        }
        Check.oneOf("network", network, KnownNames.NETWORKS);
        Check.present("weights", weights);
        ObjectKeys.requireAttackable("weights.key", weights.key(), experimentId);
        Check.present("attack", attack);
        Check.present("attack.epsilon", attack.epsilon());
        objective =
                Check.oneOf("objective", objective == null ? "cross-entropy" : objective, KnownNames.ATTACK_OBJECTIVES);
        if (normalization != null) {
            Check.present("normalization.mean", normalization.mean());
        }
        if (targetClass != null) {
            Check.inRange("targetClass", targetClass, 0, 255);
            Check.oneOf("objective (with targetClass)", objective, List.of("cross-entropy"));
            Check.oneOf("attack.name (with targetClass)", attack.name(), KnownNames.TARGETABLE_ATTACKS);
        }
        if (objective.equals("kl-divergence")) {
            attack.requireDivergence("objective " + objective);
        }
    }

    @Override
    public Topic answersOn() {
        return Topic.ADVERSARIAL_BATCHES;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is absent. The schema is the newest. */
    public static final class Builder {
        private String id;
        private Instant time;
        private int schemaVersion = Event.SCHEMA_VERSION;
        private String experimentId;
        private String replyTo;
        private Long attempt;
        private Long step;
        private String view;
        private Integer shard;
        private ImageSource images;
        private Payload base;
        private String network;
        private ObjectRef weights;
        private AttackSettings attack;
        private Long seed;
        private String objective;
        private Integer targetClass;
        private InputNormalization normalization;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder time(Instant time) {
            this.time = time;
            return this;
        }

        public Builder schemaVersion(int schemaVersion) {
            this.schemaVersion = schemaVersion;
            return this;
        }

        public Builder experimentId(String experimentId) {
            this.experimentId = experimentId;
            return this;
        }

        public Builder replyTo(String replyTo) {
            this.replyTo = replyTo;
            return this;
        }

        public Builder attempt(long attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder step(long step) {
            this.step = step;
            return this;
        }

        public Builder view(String view) {
            this.view = view;
            return this;
        }

        public Builder shard(int shard) {
            this.shard = shard;
            return this;
        }

        public Builder images(ImageSource images) {
            this.images = images;
            return this;
        }

        public Builder base(Payload base) {
            this.base = base;
            return this;
        }

        public Builder network(String network) {
            this.network = network;
            return this;
        }

        public Builder weights(ObjectRef weights) {
            this.weights = weights;
            return this;
        }

        public Builder attack(AttackSettings attack) {
            this.attack = attack;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder objective(String objective) {
            this.objective = objective;
            return this;
        }

        public Builder targetClass(Integer targetClass) {
            this.targetClass = targetClass;
            return this;
        }

        public Builder normalization(InputNormalization normalization) {
            this.normalization = normalization;
            return this;
        }

        public AttackRequest build() {
            return new AttackRequest(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    replyTo,
                    Check.present("attempt", attempt),
                    Check.present("step", step),
                    view,
                    Check.present("shard", shard),
                    images,
                    base,
                    network,
                    weights,
                    attack,
                    Check.present("seed", seed),
                    objective,
                    targetClass,
                    normalization);
        }
    }
}
