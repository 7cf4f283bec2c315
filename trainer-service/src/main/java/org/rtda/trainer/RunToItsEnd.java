package org.rtda.trainer;

import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Event;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.ObjectKeys;
import org.rtda.messaging.LogContext;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactStore;

/** Runs an experiment and records how it ended, once: an experiment that has ended is not run again. */
final class RunToItsEnd {
    private static final Logger LOG = Logger.getLogger(RunToItsEnd.class);

    private final TrainExperiment trainExperiment;
    private final ArtifactStore store;
    private final TrainerEvents events;
    private final String instance;
    private final TrainerMeters meters;

    RunToItsEnd(
            TrainExperiment trainExperiment,
            ArtifactStore store,
            TrainerEvents events,
            String instance,
            TrainerMeters meters) {
        this.trainExperiment = trainExperiment;
        this.store = store;
        this.events = events;
        this.instance = instance;
        this.meters = meters;
    }

    /**
     * @param generation of the consumer group: an attempt is at least as high, which fences off earlier owners
     * @return whether the experiment has ended; false when another trainer is to go on with it
     */
    boolean run(ExperimentCommand.Submit experiment, RunControl control, long generation) {
        String id = experiment.experimentId();
        Optional<ExperimentStatus> ended =
                store.find(ObjectKeys.outcome(id)).map(json -> EventCodec.read(json, ExperimentStatus.class));
        if (ended.isPresent()) {
            events.status(ended.get());
            return true;
        }
        long attempt = Math.max(generation, trainExperiment.nextAttempt(id));
        LogContext.experiment(id, attempt);
        LOG.infof(
                "experiment %s: attempt %d: minimises %s; %s",
                id, attempt, TrainExperiment.method(experiment.spec()).objective(), experiment.spec());
        try {
            CheckpointSaved last = trainExperiment.run(experiment, attempt, control);
            end(experiment, attempt, State.TRAINED, last.epoch(), last.step(), last.step(), null);
            return true;
        } catch (TrainingStoppedException e) {
            if (!control.isCancelled()) {
                LOG.infof("experiment %s: attempt %d stops here: %s", id, attempt, e.getMessage());
                return false;
            }
            endEarly(experiment, attempt, State.CANCELLED, null);
            return true;
        } catch (TrainingFailedException | ArtifactException | IllegalArgumentException e) {
            LOG.errorf(e, "experiment %s: attempt %d failed", id, attempt);
            endEarly(experiment, attempt, State.FAILED, e.getMessage());
            return true;
        } catch (RuntimeException e) {
            if (control.isHandedOver()) {
                // what breaks while this process ends says nothing about the experiment: the next trainer goes on with
                // it
                LOG.warnf(e, "experiment %s: attempt %d ends with this trainer", id, attempt);
                return false;
            }
            LOG.errorf(e, "experiment %s: attempt %d failed unexpectedly", id, attempt);
            endEarly(experiment, attempt, State.FAILED, "unexpected failure: " + e);
            return true;
        } finally {
            LogContext.clear();
        }
    }

    /** With the steps of the last checkpoint, which is what is left of the run. */
    private void endEarly(ExperimentCommand.Submit experiment, long attempt, State state, String reason) {
        Optional<ExperimentStatus> last = trainExperiment.lastTold(experiment.experimentId());
        end(
                experiment,
                attempt,
                state,
                last.map(ExperimentStatus::epoch).orElse(0),
                last.map(ExperimentStatus::step).orElse(0L),
                last.map(ExperimentStatus::totalSteps).orElse(0L),
                reason);
    }

    private void end(
            ExperimentCommand.Submit experiment,
            long attempt,
            State state,
            int epoch,
            long step,
            long totalSteps,
            String reason) {
        String id = experiment.experimentId();
        ExperimentStatus status = new ExperimentStatus(
                id + "/" + attempt + "/" + state,
                Instant.now(),
                Event.SCHEMA_VERSION,
                id,
                attempt,
                state,
                step,
                totalSteps,
                epoch,
                instance,
                trainExperiment.deviceName(),
                TrainExperiment.method(experiment.spec()).objective(),
                reason);
        store.put(ObjectKeys.outcome(id), EventCodec.write(status));
        events.status(status);
        meters.ended(state);
        LOG.infof("experiment %s: %s%s", id, state, reason == null ? "" : ": " + reason);
    }
}
