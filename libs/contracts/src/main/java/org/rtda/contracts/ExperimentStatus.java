package org.rtda.contracts;

import java.time.Instant;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;

/**
 * Where an experiment stands; topic {@link Topic#EXPERIMENT_STATUS}, key: the experiment's id.
 *
 * @param attempt grows each time an experiment changes hands; a status of a lower attempt than one already seen is stale
 * @param step optimiser steps done
 * @param totalSteps of the whole run
 * @param epoch epochs done
 * @param device for example {@code cpu} or {@code gpu(0)}; null while queued
 * @param objective the method's loss in words and symbols; null while queued
 * @param reason why it failed; null otherwise
 */
public record ExperimentStatus(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        long attempt,
        State state,
        long step,
        long totalSteps,
        int epoch,
        String trainer,
        String device,
        String objective,
        String reason)
        implements Event {

    public enum State {
        /** Accepted by the gateway, no trainer has begun. */
        QUEUED,
        RUNNING,
        /** All steps done, the final checkpoint is saved; its evaluation may be under way. */
        TRAINED,
        FAILED,
        CANCELLED;

        /** Whether training will not go on. */
        public boolean isFinal() {
            return this == TRAINED || this == FAILED || this == CANCELLED;
        }
    }

    public ExperimentStatus {
        Check.event(id, time, schemaVersion, experimentId);
        Check.present("state", state);
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
        private State state;
        private Long step;
        private Long totalSteps;
        private Integer epoch;
        private String trainer;
        private String device;
        private String objective;
        private String reason;

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

        public Builder state(State state) {
            this.state = state;
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

        public Builder trainer(String trainer) {
            this.trainer = trainer;
            return this;
        }

        public Builder device(String device) {
            this.device = device;
            return this;
        }

        public Builder objective(String objective) {
            this.objective = objective;
            return this;
        }

        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        public ExperimentStatus build() {
            return new ExperimentStatus(
                    id,
                    time,
                    schemaVersion,
                    experimentId,
                    Check.present("attempt", attempt),
                    state,
                    Check.present("step", step),
                    Check.present("totalSteps", totalSteps),
                    Check.present("epoch", epoch),
                    trainer,
                    device,
                    objective,
                    reason);
        }
    }
}
