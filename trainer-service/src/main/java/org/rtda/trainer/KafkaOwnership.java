package org.rtda.trainer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicFollower;
import org.rtda.trainer.ExperimentTransactions.TransactionFailedException;

/**
 * Ownership by Kafka's transactions: every trainer that takes an experiment opens a producer with the experiment's transactional
 * id, and from then on the broker refuses what an earlier one would commit. The attempt is its first transaction. A producer
 * that fails is opened anew only after the topic of attempts has been read to its end and shows no later attempt, so that one
 * which was overtaken does not shut out its successor.
 */
final class KafkaOwnership implements Ownership {
    private static final Logger LOG = Logger.getLogger(KafkaOwnership.class);

    private final Publisher plain;
    private final Attempts attempts;
    private final TopicFollower follower;
    private final String experimentId;
    private final String trainer;
    private final RunControl control;
    private final ExperimentTransactions transactions;
    private long attempt;
    private boolean begun;

    /**
     * Takes the experiment, from whoever had it.
     *
     * @param plain publishes that this attempt was overtaken, which it cannot by a transaction
     * @param follower of the topic of attempts, which it hands to {@code attempts}
     * @param atLeast an attempt that is known to have begun from elsewhere; 0 where there is none
     * @param step of the checkpoint that the attempt begins with
     * @throws TrainingStoppedException when the control says so while the broker is away
     */
    KafkaOwnership(
            Map<String, Object> kafka,
            Publisher plain,
            Attempts attempts,
            TopicFollower follower,
            String experimentId,
            String trainer,
            long atLeast,
            long step,
            RunControl control) {
        this(kafka, plain, attempts, follower, experimentId, trainer, control);
        try {
            begin(atLeast, step);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private KafkaOwnership(
            Map<String, Object> kafka,
            Publisher plain,
            Attempts attempts,
            TopicFollower follower,
            String experimentId,
            String trainer,
            RunControl control) {
        this.plain = plain;
        this.attempts = attempts;
        this.follower = follower;
        this.experimentId = experimentId;
        this.trainer = trainer;
        this.control = control;
        this.transactions = new ExperimentTransactions(kafka, plain, experimentId, control);
    }

    /**
     * Ends an experiment that no trainer has, without beginning it, so that nothing is left open by whoever dies here. A trainer that takes
     * it at the same moment is shut out until it looks again.
     *
     * @param follower of the topic of attempts, which it hands to {@code attempts}
     * @param outcome by the attempt that ends it
     * @return whether it did; where not, a trainer has the experiment, or it has ended
     * @throws TrainingStoppedException when the control says so while the broker is away
     */
    static boolean endWaiting(
            Map<String, Object> kafka,
            Publisher plain,
            Attempts attempts,
            TopicFollower follower,
            String experimentId,
            String trainer,
            RunControl control,
            LongFunction<ExperimentStatus> outcome) {
        try (KafkaOwnership owned =
                new KafkaOwnership(kafka, plain, attempts, follower, experimentId, trainer, control)) {
            return owned.endWaiting(outcome);
        }
    }

    private boolean endWaiting(LongFunction<ExperimentStatus> outcome) {
        readToEnd();
        if (!attempts.isWaiting(experimentId)) {
            return false;
        }
        while (true) {
            transactions.open();
            // earlier owners cannot commit from here on, so nothing is missing from what is read now
            readToEnd();
            if (committedAfterAll(Phase.ENDED)) {
                return true;
            }
            if (!attempts.isWaiting(experimentId)) {
                return false;
            }
            attempt = attempts.last(experimentId) + 1;
            try {
                transactions.commit(records(Phase.ENDED, 0, outcome.apply(attempt)));
                return true;
            } catch (TransactionFailedException e) {
                // a trainer takes it at the same time, or the broker went away
                LOG.debugf(e, "experiment %s: attempt %d has not ended it", experimentId, attempt);
                transactions.rest();
            }
        }
    }

    /** Until an attempt has begun that no other trainer has taken, or it turns out that the experiment has ended. */
    private void begin(long atLeast, long step) {
        while (true) {
            transactions.open();
            // earlier owners cannot commit from here on, so nothing is missing from what is read now
            readToEnd();
            if (committedAfterAll(Phase.BEGUN)) {
                begun = true;
                return;
            }
            attempt = Math.max(atLeast, attempts.last(experimentId)) + 1;
            if (attempts.ended(experimentId).isPresent()) {
                return;
            }
            try {
                transactions.commit(List.of(record(Phase.BEGUN, step, null)));
                begun = true;
                return;
            } catch (TransactionFailedException e) {
                // another trainer takes it at the same time, or the broker went away
                LOG.debugf(e, "experiment %s: attempt %d has not begun", experimentId, attempt);
                transactions.rest();
            }
        }
    }

    /** Whether a transaction that seemed to fail was committed all the same. */
    private boolean committedAfterAll(Phase phase) {
        List<ExperimentAttempt> known = attempts.of(experimentId);
        if (attempt == 0 || known.isEmpty()) {
            return false;
        }
        ExperimentAttempt last = known.get(known.size() - 1);
        return last.attempt() == attempt && last.trainer().equals(trainer) && last.phase() == phase;
    }

    @Override
    public long attempt() {
        return attempt;
    }

    @Override
    public synchronized void publish(List<ProducerRecord<String, byte[]>> records) {
        while (true) {
            try {
                if (!transactions.areOpen()) {
                    check();
                    transactions.open();
                    // again: a successor may have begun meanwhile, whom opening has shut out for a moment
                    check();
                }
                transactions.commit(records);
                return;
            } catch (TransactionFailedException e) {
                LOG.debugf(e, "experiment %s: attempt %d: transaction failed", experimentId, attempt);
                // its failure may mean that it was overtaken, or that the broker was away: the attempts tell
                check();
                transactions.rest();
            }
        }
    }

    @Override
    public void note(Phase phase, long step, ExperimentStatus outcome) {
        publish(records(phase, step, outcome));
    }

    private List<ProducerRecord<String, byte[]>> records(Phase phase, long step, ExperimentStatus outcome) {
        ProducerRecord<String, byte[]> word = record(phase, step, outcome);
        return outcome == null
                ? List.of(word)
                : List.of(word, EventRecords.keyed(Topic.EXPERIMENT_STATUS, experimentId, outcome));
    }

    private ProducerRecord<String, byte[]> record(Phase phase, long step, ExperimentStatus outcome) {
        ExperimentAttempt event = new ExperimentAttempt(
                experimentId + "/" + attempt + "/" + phase,
                Instant.now(),
                Event.SCHEMA_VERSION,
                experimentId,
                attempt,
                trainer,
                phase,
                step,
                outcome);
        return EventRecords.keyed(Topic.EXPERIMENT_ATTEMPTS, event.key(), event);
    }

    @Override
    public void check() {
        readToEnd();
        if (attempts.last(experimentId) > attempt) {
            OwnershipLostException overtaken = new OwnershipLostException(experimentId, attempt);
            if (begun) {
                // so that whoever counts trainers that were lost does not count this one
                plain.publish(record(Phase.OVERTAKEN, 0, null));
            }
            throw overtaken;
        }
    }

    private void readToEnd() {
        var reading = follower.caughtUp();
        while (true) {
            try {
                reading.get(ExperimentTransactions.GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                control.checkHandedOver();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingStoppedException("the trainer is shutting down");
            }
        }
    }

    @Override
    public synchronized void close() {
        transactions.close();
    }
}
