package org.rtda.contracts;

import java.time.Instant;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;

/**
 * Who trains an experiment; topic {@link Topic#EXPERIMENT_ATTEMPTS}, key: {@link #key()}. The attempt that has begun last owns the
 * experiment: what an earlier one still says or does no longer counts.
 *
 * @param attempt from 1, one more for each time that a trainer takes the experiment
 * @param trainer its name
 * @param step optimiser steps of the checkpoint that the attempt began with; 0 without one
 * @param outcome how the experiment ended; null unless the phase is {@link Phase#ENDED}
 */
public record ExperimentAttempt(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        long attempt,
        String trainer,
        Phase phase,
        long step,
        ExperimentStatus outcome)
        implements Event {

    public enum Phase {
        /** The trainer has taken the experiment. */
        BEGUN,
        /** It was stopped, or its surroundings failed, and has left the experiment to others. */
        LEFT,
        /** Another attempt began while it was at work; it has noticed and is at work no more. */
        OVERTAKEN,
        /** The experiment has ended. */
        ENDED
    }

    public ExperimentAttempt {
        Check.event(id, time, schemaVersion, experimentId);
        Check.atLeast("attempt", attempt, 1);
        Check.notBlank("trainer", trainer);
        Check.present("phase", phase);
        Check.atLeast("step", step, 0);
        if (phase == Phase.ENDED) {
            Check.present("outcome", outcome);
        }
    }

    /** The topic keeps the newest record of each attempt. */
    public String key() {
        return experimentId + "/" + attempt;
    }
}
