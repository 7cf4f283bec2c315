package org.rtda.trainer;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.messaging.EventRecords;
import org.rtda.trainer.telemetry.TrainerMeters;

/**
 * Ends a run whose command becomes a dead letter, since it cannot be read: nobody will train it, and whoever submitted it must not wait for
 * ever. What the record was is not known, and so a run that can be healthy is left alone: one that a trainer has, and one of which there is a
 * command that can be read, as where this one is a cancel of a later build.
 */
final class FailUnreadable {
    private static final Logger LOG = Logger.getLogger(FailUnreadable.class);

    private final Predicate<String> isSubmitted;
    private final Endings endings;
    private final String instance;
    private final TrainerMeters meters;

    /** Ends experiments that no trainer has. */
    interface Endings {
        /**
         * @param outcome by the attempt that ends it
         * @return whether it did; where not, a trainer has the experiment, or it has ended
         */
        boolean endWaiting(String experimentId, RunControl control, LongFunction<ExperimentStatus> outcome);
    }

    /** @param isSubmitted whether a command to train this experiment has been read, as far as the topic has been followed */
    FailUnreadable(Predicate<String> isSubmitted, Endings endings, String instance, TrainerMeters meters) {
        this.isSubmitted = isSubmitted;
        this.endings = endings;
        this.instance = instance;
        this.meters = meters;
    }

    /**
     * The commands must have been read to their end.
     *
     * @param refused the record, whose key and header name the experiment; one that is not told so is of no experiment
     * @param control tells when the trainer is stopped while this waits for the broker
     * @throws TrainingStoppedException then
     */
    void fail(ConsumerRecord<String, byte[]> refused, String reason, RunControl control) {
        Optional<String> experiment = EventRecords.experimentOf(refused);
        if (experiment.isEmpty() || isSubmitted.test(experiment.get())) {
            return;
        }
        String why = "the command to train cannot be read by any trainer (" + reason
                + "): do all services have the same version? Submit the experiment again";
        if (endings.endWaiting(experiment.get(), control, attempt -> outcome(experiment.get(), attempt, why))) {
            meters.ended(State.FAILED);
            LOG.warnf("experiment %s: FAILED: %s", experiment.get(), why);
        }
    }

    private ExperimentStatus outcome(String experimentId, long attempt, String reason) {
        return ExperimentStatus.builder()
                .id(experimentId + "/" + attempt + "/" + State.FAILED)
                .time(Instant.now())
                .experimentId(experimentId)
                .attempt(attempt)
                .state(State.FAILED)
                .step(0)
                .totalSteps(0)
                .epoch(0)
                .trainer(instance)
                .reason(reason)
                .build();
    }
}
