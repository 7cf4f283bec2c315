package org.rtda.contracts.settings;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;

/**
 * How gradients change the weights.
 *
 * @param name one of the {@link KnownNames#OPTIMIZERS}; default {@code sgd}
 * @param learningRate highest of the schedule; default 0.1 for {@code sgd}, 0.001 for {@code adamw}
 * @param momentum of {@code sgd}; default 0.9
 * @param weightDecay on every trained parameter; default 5e-4 for {@code sgd}, 0.01 for {@code adamw}
 * @param nesterov of {@code sgd}; default true; no difference without momentum
 * @param schedule one of {@link KnownNames#SCHEDULES}, one value a step, over the steps after the warm-up: {@code cosine},
 *     the default, falls to 0; {@code step} is divided by 10 at 50% and again at 75%; {@code constant} stays
 * @param warmupEpochs epochs at the start in which the rate rises linearly, step by step; default 0
 * @param clipNorm longest gradient, L2 over all parameters together; null, the default, for any length
 * @param averaging decay of the exponential moving average of the weights, a step: what checkpoints export then; 0, the
 *     default, for none
 */
public record OptimizerSettings(
        String name,
        Double learningRate,
        Double momentum,
        Double weightDecay,
        Boolean nesterov,
        String schedule,
        Integer warmupEpochs,
        Double clipNorm,
        Double averaging) {
    /** Everything at its default. */
    public static final OptimizerSettings DEFAULT = builder().build();

    public OptimizerSettings {
        name = Check.oneOf("optimizer.name", name == null ? "sgd" : name, KnownNames.OPTIMIZERS);
        boolean sgd = name.equals("sgd");
        learningRate = learningRate == null
                ? (sgd ? 0.1 : 1e-3)
                : Check.inRange("optimizer.learningRate", learningRate, 1e-8, 100);
        momentum = momentum == null ? 0.9 : Check.inRange("optimizer.momentum", momentum, 0, 0.9999);
        weightDecay =
                weightDecay == null ? (sgd ? 5e-4 : 0.01) : Check.inRange("optimizer.weightDecay", weightDecay, 0, 1);
        nesterov = nesterov == null || nesterov;
        schedule = Check.oneOf("optimizer.schedule", schedule == null ? "cosine" : schedule, KnownNames.SCHEDULES);
        warmupEpochs = warmupEpochs == null ? 0 : Check.inRange("optimizer.warmupEpochs", warmupEpochs, 0, 10_000);
        if (clipNorm != null) {
            Check.inRange("optimizer.clipNorm", clipNorm, 1e-6, 1e6);
        }
        averaging = averaging == null ? 0.0 : Check.inRange("optimizer.averaging", averaging, 0, 0.999999);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set takes its default. */
    public static final class Builder {
        private String name;
        private Double learningRate;
        private Double momentum;
        private Double weightDecay;
        private Boolean nesterov;
        private String schedule;
        private Integer warmupEpochs;
        private Double clipNorm;
        private Double averaging;

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder learningRate(Double learningRate) {
            this.learningRate = learningRate;
            return this;
        }

        public Builder momentum(Double momentum) {
            this.momentum = momentum;
            return this;
        }

        public Builder weightDecay(Double weightDecay) {
            this.weightDecay = weightDecay;
            return this;
        }

        public Builder nesterov(Boolean nesterov) {
            this.nesterov = nesterov;
            return this;
        }

        public Builder schedule(String schedule) {
            this.schedule = schedule;
            return this;
        }

        public Builder warmupEpochs(Integer warmupEpochs) {
            this.warmupEpochs = warmupEpochs;
            return this;
        }

        public Builder clipNorm(Double clipNorm) {
            this.clipNorm = clipNorm;
            return this;
        }

        public Builder averaging(Double averaging) {
            this.averaging = averaging;
            return this;
        }

        public OptimizerSettings build() {
            return new OptimizerSettings(
                    name, learningRate, momentum, weightDecay, nesterov, schedule, warmupEpochs, clipNorm, averaging);
        }
    }
}
