package org.rtda.trainer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.ObjectKeys;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.LogContext;
import org.rtda.messaging.Work;
import org.rtda.service.DeviceFailureException;
import org.rtda.service.DeviceHealth;
import org.rtda.service.MemoryShortage;
import org.rtda.service.MemoryShortageException;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CheckpointDocuments;
import org.rtda.trainer.telemetry.TrainerMeters;

/** Runs an experiment and records how it ended, once: an experiment that has ended is not run again. */
final class RunExperiment {
    private static final Logger LOG = Logger.getLogger(RunExperiment.class);

    private final Training training;
    private final ArtifactStore store;
    private final Consumer<Ownership> owner;
    private final Attempts attempts;
    private final Claims claims;
    private final String instance;
    private final TrainerMeters meters;
    private final DeviceHealth device;
    private final WorkProgress progress;
    /** Null while nothing is run. */
    private volatile Run underWay;

    /** Takes an experiment from whoever had it. */
    interface Claims {
        /**
         * @param atLeast an attempt that is known to have begun, 0 for none
         * @param step of the checkpoint that the run goes on from
         */
        Ownership claim(String experimentId, long atLeast, long step, RunControl control);
    }

    /** @param owner is told of each run's ownership before the run begins */
    RunExperiment(
            Training training,
            ArtifactStore store,
            Consumer<Ownership> owner,
            Attempts attempts,
            Claims claims,
            String instance,
            TrainerMeters meters,
            DeviceHealth device,
            WorkProgress progress) {
        this.training = training;
        this.store = store;
        this.owner = owner;
        this.attempts = attempts;
        this.claims = claims;
        this.instance = instance;
        this.meters = meters;
        this.device = device;
        this.progress = progress;
    }

    /**
     * @return whether the experiment has ended, or another trainer is to go on with it
     * @throws org.rtda.contracts.check.EnvironmentFailure where the store or the device is to blame: another trainer is to go on
     */
    Work.End run(ExperimentCommand.Submit experiment, RunControl control) {
        device.requireWell();
        progress.taskBegan();
        try {
            return runWatched(experiment, control);
        } finally {
            progress.taskEnded();
        }
    }

    /**
     * Says for the run under way that this trainer leaves it, while the run's own thread is in a step that takes too long. Called by the
     * thread that stops this trainer, so that the attempt does not count as one whose trainer died. What the run itself says later stands.
     */
    void leave() {
        Run run = underWay;
        if (run != null) {
            run.leaveInItsPlace();
        }
    }

    private Work.End runWatched(ExperimentCommand.Submit experiment, RunControl control) {
        String id = experiment.experimentId();
        Optional<CheckpointSaved> latest;
        RuntimeException unreadable = null;
        try {
            latest = training.latest(id);
        } catch (RuntimeException e) {
            if (FailureKind.of(e) != FailureKind.REQUEST) {
                throw e;
            }
            latest = Optional.empty();
            unreadable = e;
        }
        long step = latest.map(CheckpointSaved::step).orElse(0L);
        long begunBefore = latest.map(CheckpointSaved::attempt).orElse(0L);
        try (Ownership owned = claims.claim(id, begunBefore, step, control)) {
            if (attempts.ended(id).isPresent()) {
                // whoever ended it may have died before it removed what the run left
                removeLeftovers(store, id, attempts.last(id));
                return Work.End.DONE;
            }
            LogContext.experiment(id, owned.attempt());
            owner.accept(owned);
            List<ExperimentAttempt> lost = attempts.lostAt(id, step, owned.attempt());
            removeTransients(store, id, owned.attempt() - 1);
            Run run = new Run(experiment, control, owned, step);
            underWay = run;
            try {
                return run.toItsEnd(unreadable, lost);
            } finally {
                underWay = null;
                run.isOver();
            }
        } catch (OwnershipLostException e) {
            LOG.info(e.getMessage());
            // where it slept, whoever ended the experiment has not seen what it wrote since
            removeUnfinished(store, id, e.attempt(), e.attempt());
            return Work.End.DONE;
        } catch (TrainingStoppedException e) {
            return Work.End.LEFT_TO_OTHERS;
        } finally {
            LogContext.clear();
        }
    }

    /**
     * Snapshots and batches of attempts up to the last one, whose trainers may have died: workers may still have answered them. Those that
     * the store does not remove stay until the run ends, or ends again.
     */
    static void removeTransients(ArtifactStore store, String experimentId, long last) {
        try {
            store.list(ObjectKeys.transients(experimentId)).stream()
                    .filter(key -> ObjectKeys.isOfAttemptUpTo(key, last))
                    .forEach(store::delete);
        } catch (RuntimeException e) {
            // no run depends on it
            LOG.warnf("experiment %s: not all transient objects were removed: %s", experimentId, e.getMessage());
        }
    }

    /**
     * All that attempts at an experiment that has ended leave: their transient objects, and what they wrote for an epoch without making a
     * checkpoint of it.
     *
     * @param last the attempt that ended it
     */
    static void removeLeftovers(ArtifactStore store, String experimentId, long last) {
        removeTransients(store, experimentId, last);
        removeUnfinished(store, experimentId, 1, last);
    }

    private static void removeUnfinished(ArtifactStore store, String experimentId, long first, long last) {
        try {
            new CheckpointDocuments(store).removeUnfinished(experimentId, first, last);
        } catch (RuntimeException e) {
            // it takes space, and nobody reads it
            LOG.warnf(
                    "experiment %s: not all of what attempts left of epochs was removed: %s",
                    experimentId, e.getMessage());
        }
    }

    /** One attempt. */
    private final class Run {
        private final ExperimentCommand.Submit experiment;
        private final RunControl control;
        private final Ownership owned;
        private final long firstStep;
        private final String id;
        private final long attempt;
        /** Nothing more is to be said of it: it has ended, or its ownership is about to be closed. */
        private boolean over;

        private Run(ExperimentCommand.Submit experiment, RunControl control, Ownership owned, long firstStep) {
            this.experiment = experiment;
            this.control = control;
            this.owned = owned;
            this.firstStep = firstStep;
            this.id = experiment.experimentId();
            this.attempt = owned.attempt();
        }

        /**
         * @param unreadable why its checkpoint cannot be read; null where it can, or there is none
         * @param lost attempts before this one, one after the other, whose trainers died of it
         */
        private Work.End toItsEnd(RuntimeException unreadable, List<ExperimentAttempt> lost) {
            if (control.isCancelled()) {
                // whatever its checkpoint is like and whoever died of it: people no longer want it
                return train();
            }
            if (unreadable != null) {
                return fail(unreadable);
            }
            return lost.size() >= Attempts.MOST_LOST ? blame(lost) : train();
        }

        /** Called by two threads. Nothing is noted after ENDED, because the compacted topic would keep only the later note. */
        private synchronized void note(Phase phase, ExperimentStatus outcome) {
            if (!over) {
                owned.note(phase, firstStep, outcome);
                over = phase == Phase.ENDED;
            }
        }

        private synchronized void isOver() {
            over = true;
        }

        private void leaveInItsPlace() {
            LOG.infof(
                    "experiment %s: attempt %d is left: its step takes longer than this trainer has to stop",
                    id, attempt);
            try {
                note(Phase.LEFT, null);
            } catch (OwnershipLostException e) {
                LOG.debug(e.getMessage());
            } catch (TrainingStoppedException e) {
                LOG.debugf("experiment %s: left without a word, since the broker is away", id);
            }
        }

        private Work.End train() {
            LOG.infof(
                    "experiment %s: attempt %d: minimises %s; %s",
                    id, attempt, TrainExperiment.method(experiment.spec()).objective(), experiment.spec());
            try {
                control.check();
                CheckpointSaved last = training.run(experiment, attempt, control);
                end(State.TRAINED, last.epoch(), last.step(), last.step(), null);
            } catch (TrainingStoppedException e) {
                if (!control.isCancelled()) {
                    return leave(e.getMessage());
                }
                endEarly(State.CANCELLED, null);
            } catch (TrainingFailedException e) {
                leaveIfDeviceIsSick(e);
                if (e.getCause() != null) {
                    // without a cause it is a worker's answer, which is final: three workers have tried
                    leaveIfShortOfMemory(e);
                }
                LOG.errorf(e, "experiment %s: attempt %d failed", id, attempt);
                endEarly(State.FAILED, e.getMessage());
            } catch (Error e) {
                // of native code, or of memory
                leaveIfDeviceIsSick(e);
                if (!MemoryShortage.isIn(e)) {
                    throw e;
                }
                leaveIfShortOfMemory(e);
                LOG.errorf(e, "experiment %s: attempt %d failed", id, attempt);
                endEarly(State.FAILED, "there is no memory: " + e.getMessage());
            } catch (OwnershipLostException e) {
                throw e;
            } catch (RuntimeException e) {
                if (control.isHandedOver()) {
                    // what breaks while this process ends says nothing about the experiment
                    return leave(e.toString());
                }
                if (FailureKind.of(e) == FailureKind.ENVIRONMENT) {
                    note(Phase.LEFT, null);
                    throw e;
                }
                leaveIfDeviceIsSick(e);
                leaveIfShortOfMemory(e);
                LOG.errorf(e, "experiment %s: attempt %d failed", id, attempt);
                endEarly(
                        State.FAILED,
                        FailureKind.of(e) == FailureKind.REQUEST ? e.getMessage() : "unexpected failure: " + e);
            }
            return Work.End.DONE;
        }

        /** A device that computes nonsense, or nothing, says nothing about the experiment. */
        private void leaveIfDeviceIsSick(Throwable failure) {
            try {
                device.suspect(failure);
            } catch (DeviceFailureException e) {
                note(Phase.LEFT, null);
                throw e;
            }
        }

        /**
         * Native code may have found no memory because others had it for a while: another trainer is to go on, or this one later. The
         * attempt counts as lost, so that a run which never fits fails with the third, in the words of that failure.
         */
        private void leaveIfShortOfMemory(Throwable failure) {
            if (MemoryShortage.isIn(failure)
                    && attempts.lostAt(id, firstStep, attempt).size() < Attempts.MOST_LOST - 1) {
                throw new MemoryShortageException(
                        "there is no memory for experiment " + id + " at the moment: " + failure.getMessage(), failure);
            }
        }

        private Work.End leave(String why) {
            LOG.infof("experiment %s: attempt %d stops here: %s", id, attempt, why);
            try {
                note(Phase.LEFT, null);
            } catch (TrainingStoppedException e) {
                LOG.debugf("experiment %s: left without a word, since the broker is away", id);
            }
            return Work.End.LEFT_TO_OTHERS;
        }

        /** Its checkpoint cannot be read, so there is nothing to go on from. */
        private Work.End fail(RuntimeException unreadable) {
            LOG.errorf(unreadable, "experiment %s: attempt %d failed", id, attempt);
            endEarly(State.FAILED, unreadable.getMessage());
            return Work.End.DONE;
        }

        private Work.End blame(List<ExperimentAttempt> lost) {
            String trainers = String.join(
                    ", ", lost.stream().map(ExperimentAttempt::trainer).toList());
            endEarly(
                    State.FAILED,
                    lost.size() + " trainers died while they ran it (" + trainers
                            + "), most likely for want of memory: try a smaller batchSize or network, or give trainers more");
            return Work.End.DONE;
        }

        /** With the steps of the last checkpoint, which is what is left of the run. */
        private void endEarly(State state, String reason) {
            Optional<ExperimentStatus> last = training.lastTold(id);
            end(
                    state,
                    last.map(ExperimentStatus::epoch).orElse(0),
                    last.map(ExperimentStatus::step).orElse(0L),
                    last.map(ExperimentStatus::totalSteps).orElse(0L),
                    reason);
        }

        private void end(State state, int epoch, long step, long totalSteps, String reason) {
            ExperimentStatus outcome = ExperimentStatus.builder()
                    .id(id + "/" + attempt + "/" + state)
                    .time(Instant.now())
                    .experimentId(id)
                    .attempt(attempt)
                    .state(state)
                    .step(step)
                    .totalSteps(totalSteps)
                    .epoch(epoch)
                    .trainer(instance)
                    .device(training.deviceName())
                    .objective(TrainExperiment.method(experiment.spec()).objective())
                    .reason(reason)
                    .build();
            note(Phase.ENDED, outcome);
            removeLeftovers(store, id, attempt);
            meters.ended(state);
            LOG.infof("experiment %s: %s%s", id, state, reason == null ? "" : ": " + reason);
        }
    }
}
