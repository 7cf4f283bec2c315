package org.rtda.contracts;

import java.time.Instant;
import java.util.Map;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;

/**
 * One optimiser step; topic {@link Topic#TRAINING_METRICS}, key: the experiment's id.
 *
 * @param id identity of the message: the same when it is sent again
 * @param time when it was sent, UTC
 * @param schemaVersion version of the format of the message
 * @param experimentId id of the experiment
 * @param attempt grows each time the experiment changes hands
 * @param step steps done, this one included
 * @param totalSteps steps of the whole run
 * @param epoch the epoch this step belongs to, from 1
 * @param learningRate of the optimiser in this step
 * @param loss the value minimised
 * @param terms its parts by name, before weighting, for example {@code cross-entropy}, {@code jensen-shannon}
 * @param accuracy by view, for example {@code clean}, {@code adversarial}: share of the batch classified rightly, in [0,1]
 * @param stepMillis wall time of the whole step
 * @param waitMillis the part of it spent waiting for workers' batches
 * @param subject what is trained; null in messages of earlier builds
 * @param augmentWaitMillis the part of {@code waitMillis} for augment workers; null in messages of earlier builds
 * @param attackWaitMillis the part of {@code waitMillis} for attack workers; null in messages of earlier builds
 */
public record TrainingMetric(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        long attempt,
        long step,
        long totalSteps,
        int epoch,
        double learningRate,
        double loss,
        Map<String, Double> terms,
        Map<String, Double> accuracy,
        double stepMillis,
        double waitMillis,
        MetricSubject subject,
        Double augmentWaitMillis,
        Double attackWaitMillis)
        implements Event {
    public TrainingMetric {
        Check.event(id, time, schemaVersion, experimentId);
        Check.finite("loss", loss);
        terms = Check.copyOf("terms", terms);
        terms.forEach((name, value) -> Check.finite("terms." + name, value));
        accuracy = Check.copyOf("accuracy", accuracy);
        accuracy.forEach((name, value) -> Check.inRange("accuracy." + name, value, 0, 1));
        requireMillis("augmentWaitMillis", augmentWaitMillis);
        requireMillis("attackWaitMillis", attackWaitMillis);
    }

    private static void requireMillis(String field, Double millis) {
        if (millis != null) {
            Check.inRange(field, millis, 0, Double.MAX_VALUE);
        }
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
        private Long attempt;
        private Long step;
        private Long totalSteps;
        private Integer epoch;
        private Double learningRate;
        private Double loss;
        private Map<String, Double> terms;
        private Map<String, Double> accuracy;
        private Double stepMillis;
        private Double waitMillis;
        private MetricSubject subject;
        private Double augmentWaitMillis;
        private Double attackWaitMillis;

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

        public Builder attempt(long attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder step(long step) {
            this.step = step;
            return this;
        }

        public Builder totalSteps(long totalSteps) {
            this.totalSteps = totalSteps;
            return this;
        }

        public Builder epoch(int epoch) {
            this.epoch = epoch;
            return this;
        }

        public Builder learningRate(double learningRate) {
            this.learningRate = learningRate;
            return this;
        }

        public Builder loss(double loss) {
            this.loss = loss;
            return this;
        }

        public Builder terms(Map<String, Double> terms) {
            this.terms = terms;
            return this;
        }

        public Builder accuracy(Map<String, Double> accuracy) {
            this.accuracy = accuracy;
            return this;
        }

        public Builder stepMillis(double stepMillis) {
            this.stepMillis = stepMillis;
            return this;
        }

        public Builder waitMillis(double waitMillis) {
            this.waitMillis = waitMillis;
            return this;
        }

        public Builder subject(MetricSubject subject) {
            this.subject = subject;
            return this;
        }

        public Builder augmentWaitMillis(Double augmentWaitMillis) {
            this.augmentWaitMillis = augmentWaitMillis;
            return this;
        }

        public Builder attackWaitMillis(Double attackWaitMillis) {
            this.attackWaitMillis = attackWaitMillis;
            return this;
        }

        public TrainingMetric build() {
            return new TrainingMetric(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    Check.present("attempt", attempt),
                    Check.present("step", step),
                    Check.present("totalSteps", totalSteps),
                    Check.present("epoch", epoch),
                    Check.present("learningRate", learningRate),
                    Check.present("loss", loss),
                    terms,
                    accuracy,
                    Check.present("stepMillis", stepMillis),
                    Check.present("waitMillis", waitMillis),
                    subject,
                    augmentWaitMillis,
                    attackWaitMillis);
        }
    }
}
