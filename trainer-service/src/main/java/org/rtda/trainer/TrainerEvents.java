package org.rtda.trainer;

import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;

/** What a run tells the world. */
public interface TrainerEvents {
    void status(ExperimentStatus status);

    void metric(TrainingMetric metric);

    void checkpoint(CheckpointSaved checkpoint);
}
