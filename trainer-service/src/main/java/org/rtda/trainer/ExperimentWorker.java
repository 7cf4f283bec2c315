package org.rtda.trainer;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicFollower;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;
import org.rtda.service.WorkPreconditions;
import org.rtda.trainer.telemetry.TrainerMeters;

/**
 * Takes one experiment at a time, in the order in which they were submitted. The command to train is acknowledged when the
 * experiment has come to its end: until then Kafka gives it to another trainer should this one die, which goes on from the
 * checkpoint. Commands that wait are with the broker. Those to cancel are heard by every trainer, of which the one that has the run
 * ends it; a run that no trainer has is ended by whichever trainer is given the command among the {@linkplain Topic#CANCELLERS cancellers}.
 */
@ApplicationScoped
class ExperimentWorker {
    private static final Logger LOG = Logger.getLogger(ExperimentWorker.class);

    /** For the step under way. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /**
     * For a step to end by itself, before its run is left in its place: after the grace the work is interrupted, and an interrupted thread
     * publishes nothing.
     */
    private static final Duration LEAVES_BY_ITSELF = GRACE.dividedBy(2);

    /** To publish that a run is left; two transactions that the broker lets run into their limits. */
    private static final Duration LEAVING = Duration.ofSeconds(20);

    private final RunExperiment runToItsEnd;
    private final CancelQueued cancelQueued;
    private final FailUnreadable failUnreadable;
    private final TopicFollower attempts;
    private final OpenRuns openRuns;
    private final Answers answers;
    private final TrainerMeters meters;
    private final Publisher publisher;
    private final WorkPreconditions preconditions;
    private final Map<String, Object> kafka;
    private TopicFollower commands;
    private WorkQueue queue;
    private WorkQueue cancels;
    private final RunControl stopped = new RunControl();

    ExperimentWorker(
            RunExperiment runToItsEnd,
            CancelQueued cancelQueued,
            FailUnreadable failUnreadable,
            TopicFollower attempts,
            OpenRuns openRuns,
            Answers answers,
            TrainerMeters meters,
            Publisher publisher,
            WorkPreconditions preconditions,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.runToItsEnd = runToItsEnd;
        this.cancelQueued = cancelQueued;
        this.failUnreadable = failUnreadable;
        this.attempts = attempts;
        this.openRuns = openRuns;
        this.answers = answers;
        this.meters = meters;
        this.publisher = publisher;
        this.preconditions = preconditions;
        this.kafka = kafka;
    }

    /** After everything else, so that no experiment is taken before the engine is there. */
    void takeWork(@Observes @Priority(100) StartupEvent started) {
        commands = TopicFollower.fromBeginning(kafka, Topic.EXPERIMENTS, this::hear);
        queue = WorkQueue.open(
                kafka,
                Topic.EXPERIMENTS,
                Work.keepingPlaces(this::take),
                publisher,
                GRACE,
                preconditions.storeAndDevice());
        cancels = WorkQueue.openBeside(
                kafka,
                Topic.EXPERIMENTS,
                Topic.CANCELLERS,
                new CancelWork(this::endCancelled),
                publisher,
                GRACE,
                preconditions.store());
    }

    /** First of all: while the step under way ends, the broker and the store are still at hand. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        openRuns.stopAll();
        stopped.handOver();
        Thread leaving = new Thread(this::leaveWhatDoesNotEnd, "leaving");
        leaving.start();
        queue.close();
        cancels.close();
        commands.close();
        try {
            leaving.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A step may take longer than this trainer has left. Its run must not look as if it had killed its trainer. */
    private void leaveWhatDoesNotEnd() {
        try {
            if (!openRuns.awaitEnd(LEAVES_BY_ITSELF)) {
                runToItsEnd.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A run broke in a way that says nothing about the experiment, as far as this trainer can tell: another goes on with it. If all
     * of them break, the attempts tell.
     */
    private static final class RunBroke extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;

        RunBroke(String experimentId, Throwable cause) {
            super("the run of experiment " + experimentId + " broke: " + cause, cause);
        }
    }

    private void hear(ConsumerRecord<String, byte[]> received) {
        openRuns.hear(EventCodec.read(received.value(), ExperimentCommand.class));
    }

    private void endCancelled(String experimentId) throws InterruptedException {
        attempts.awaitCaughtUp();
        cancelQueued.cancel(experimentId, stopped);
    }

    /** The record becomes a dead letter once nobody waits for its run. */
    private Work.End refuse(Delivery delivery, InvalidMessageException reason) throws InterruptedException {
        // whoever submits it so that it can be read meanwhile is heard
        commands.awaitCaughtUp();
        try {
            failUnreadable.fail(delivery.received(), reason.getMessage(), stopped);
        } catch (TrainingStoppedException e) {
            return Work.End.LEFT_TO_OTHERS;
        }
        throw reason;
    }

    private Work.End take(Delivery delivery) throws InterruptedException {
        ExperimentCommand command;
        try {
            command = EventCodec.read(delivery.received().value(), ExperimentCommand.class);
        } catch (InvalidMessageException e) {
            return refuse(delivery, e);
        }
        if (!(command instanceof ExperimentCommand.Submit submit)) {
            LOG.infof(
                    "experiment %s: %s",
                    command.experimentId(), command.getClass().getSimpleName());
            return Work.End.DONE;
        }
        if (delivery.isLast()) {
            // published anew, so that Kafka does not drop it
            return Work.End.LEFT_TO_OTHERS;
        }
        // before the first word of a run: has somebody cancelled it, and do we hear what workers answer
        commands.awaitCaughtUp();
        answers.awaitListening();
        RunControl control = openRuns.begin(submit.experimentId());
        meters.experimentBegan();
        try {
            return runToItsEnd.run(submit, control);
        } catch (RuntimeException | Error e) {
            if (FailureKind.of(e) != FailureKind.ENVIRONMENT) {
                LOG.errorf(e, "the run of experiment %s broke", submit.experimentId());
            }
            throw new RunBroke(submit.experimentId(), e);
        } finally {
            meters.experimentLeft();
            openRuns.end();
        }
    }
}
