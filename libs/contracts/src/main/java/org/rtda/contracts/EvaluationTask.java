package org.rtda.contracts;

import java.time.Instant;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.settings.Condition;

/**
 * Judge one checkpoint under one condition; topic {@link Topic#EVALUATION_REQUESTS} for what an experiment's own settings ask for,
 * {@link Topic#NAMED_EVALUATION_REQUESTS} for what somebody asked for by name, which goes last.
 *
 * @param evaluationId the evaluation it is part of, of this experiment: below its id
 * @param checkpoint what to judge, of this experiment
 * @param images how many of the split's images, drawn by class; 0 for all
 * @param suite of the evaluation; null in messages of earlier builds
 */
public record EvaluationTask(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        String evaluationId,
        CheckpointSaved checkpoint,
        Condition condition,
        int images,
        String suite)
        implements Event {
    public EvaluationTask {
        Check.event(id, time, schemaVersion, experimentId);
        Check.present("evaluationId", evaluationId);
        Check.present("checkpoint", checkpoint);
        checkpoint.requireOf(experimentId);
        Check.present("condition", condition);
        if (condition.source() != null) {
            ObjectKeys.requireOfCheckpoint("condition.source", condition.source());
        }
        // under which predictions and pictures are written
        ObjectKeys.requireBelow("evaluationId", evaluationId, experimentId + "/");
        Check.inRange("images", images, 0, Integer.MAX_VALUE);
    }

    /** Of a suite that is not said. */
    public EvaluationTask(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String evaluationId,
            CheckpointSaved checkpoint,
            Condition condition,
            int images) {
        this(id, time, schemaVersion, experimentId, evaluationId, checkpoint, condition, images, null);
    }

    /** What the answer to it is about. */
    public MetricSubject subject() {
        return MetricSubject.of(checkpoint.spec()).in(suite, evaluationId).under(condition);
    }
}
