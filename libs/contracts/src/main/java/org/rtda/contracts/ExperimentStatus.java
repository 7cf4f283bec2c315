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
}
