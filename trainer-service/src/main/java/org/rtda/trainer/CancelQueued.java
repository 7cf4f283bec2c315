package org.rtda.trainer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.messaging.FailureKind;
import org.rtda.store.ArtifactStore;
import org.rtda.trainer.telemetry.TrainerMeters;

/**
 * Ends a run that is cancelled while it waits, at once and not when its turn comes. A run that a trainer has begun is ended by that
 * trainer. Where it is not, for the trainer has died or hangs, it is ended here after a while, and not when another trainer is free. Where
 * both try, the later attempt has the only word, and both say the same.
 */
final class CancelQueued {
    private static final Logger LOG = Logger.getLogger(CancelQueued.class);

    /** Between two looks at whether the trainer is stopped. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Training training;
    private final ArtifactStore store;
    private final Attempts attempts;
    private final RunExperiment.Claims claims;
    private final String instance;
    private final TrainerMeters meters;
    private final Duration patience;

    /**
     * @param claims under a name that is not the trainer's: the run may begin on the same trainer at the same time
     * @param patience with a trainer that has begun a run and is told of the cancel, too: how long it may take to end it
     */
    CancelQueued(
            Training training,
            ArtifactStore store,
            Attempts attempts,
            RunExperiment.Claims claims,
            String instance,
            TrainerMeters meters,
            Duration patience) {
        this.training = training;
        this.store = store;
        this.attempts = attempts;
        this.claims = claims;
        this.instance = instance;
        this.meters = meters;
        this.patience = patience;
    }

    /**
     * The attempts must have been read to their end.
     *
     * @param stopped tells when the trainer is stopped while this waits for the broker
     * @throws TrainingStoppedException then
     * @throws org.rtda.contracts.check.EnvironmentFailure where the store is away
     */
    void cancel(String experimentId, RunControl stopped) throws InterruptedException {
        while (attempts.ended(experimentId).isEmpty()) {
            awaitTrainer(experimentId, stopped);
            if (attempts.ended(experimentId).isEmpty()) {
                end(experimentId, stopped);
            }
        }
        // also of a run that somebody else has ended, who may have died before it removed this
        RunExperiment.removeLeftovers(store, experimentId, attempts.last(experimentId));
    }

    /** Returns when no trainer has the run, or the one that had it has not ended it for too long. */
    private void awaitTrainer(String experimentId, RunControl stopped) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!attempts.awaitGivenUp(experimentId, GLANCE)) {
            stopped.check();
            if (System.nanoTime() - deadline >= 0) {
                LOG.infof(
                        "experiment %s: not ended %d s after it was cancelled: its trainer is gone or hangs",
                        experimentId, patience.toSeconds());
                return;
            }
        }
    }

    private void end(String experimentId, RunControl stopped) {
        Optional<CheckpointSaved> latest = latest(experimentId);
        long step = latest.map(CheckpointSaved::step).orElse(0L);
        long begunBefore = latest.map(CheckpointSaved::attempt).orElse(0L);
        try (Ownership owned = claims.claim(experimentId, begunBefore, step, stopped)) {
            if (attempts.ended(experimentId).isPresent()) {
                return;
            }
            owned.note(Phase.ENDED, step, outcome(experimentId, owned.attempt(), latest));
            meters.ended(State.CANCELLED);
            LOG.infof("experiment %s: CANCELLED while no trainer had it", experimentId);
        } catch (OwnershipLostException e) {
            LOG.debugf("experiment %s: a trainer has just begun it, which is told of the cancel, too", experimentId);
        }
    }

    /** One that cannot be read is of no use any more. */
    private Optional<CheckpointSaved> latest(String experimentId) {
        try {
            return training.latest(experimentId);
        } catch (RuntimeException e) {
            if (FailureKind.of(e) != FailureKind.REQUEST) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** With the steps of the last checkpoint, which is what is left of the run; 0 of them where it never began. */
    private ExperimentStatus outcome(String experimentId, long attempt, Optional<CheckpointSaved> latest) {
        return ExperimentStatus.builder()
                .id(experimentId + "/" + attempt + "/" + State.CANCELLED)
                .time(Instant.now())
                .experimentId(experimentId)
                .attempt(attempt)
                .state(State.CANCELLED)
                .step(latest.map(CheckpointSaved::step).orElse(0L))
                .totalSteps(0)
                .epoch(latest.map(CheckpointSaved::epoch).orElse(0))
                .trainer(instance)
                .build();
    }
}
