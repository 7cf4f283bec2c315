package org.rtda.trainer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.KafkaSettings;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicFollower;

/**
 * Ownership by Kafka's transactions: every trainer that takes an experiment opens a producer with the experiment's transactional
 * id, and from then on the broker refuses what an earlier one would commit. The attempt is its first transaction. A producer
 * that fails is opened anew only after the topic of attempts has been read to its end and shows no later attempt, so that one
 * which was overtaken does not shut out its successor.
 */
final class KafkaOwnership implements Ownership {
    private static final Logger LOG = Logger.getLogger(KafkaOwnership.class);

    /** A transaction takes some milliseconds; readers of its topics wait for one that a dead trainer left open. */
    private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

    /** How long one call may wait for the broker before the run's control is looked at again. */
    private static final Duration GLANCE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Publisher plain;
    private final Attempts attempts;
    private final TopicFollower follower;
    private final String experimentId;
    private final String trainer;
    private final RunControl control;
    private final Refusals refusals = new Refusals();
    private long attempt;
    private KafkaProducer<String, byte[]> producer;
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
        this.kafka = kafka;
        this.plain = plain;
        this.attempts = attempts;
        this.follower = follower;
        this.experimentId = experimentId;
        this.trainer = trainer;
        this.control = control;
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
            producer = opened();
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
                commit(records(Phase.ENDED, 0, outcome.apply(attempt)));
                return true;
            } catch (KafkaException e) {
                // a trainer takes it at the same time, or the broker went away
                LOG.debugf(e, "experiment %s: attempt %d has not ended it", experimentId, attempt);
                closeProducer();
                failIfTooLarge(e);
                rest();
            }
        }
    }

    /** Until an attempt has begun that no other trainer has taken, or it turns out that the experiment has ended. */
    private void begin(long atLeast, long step) {
        while (true) {
            producer = opened();
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
                commit(List.of(record(Phase.BEGUN, step, null)));
                begun = true;
                return;
            } catch (KafkaException e) {
                // another trainer takes it at the same time, or the broker went away
                LOG.debugf(e, "experiment %s: attempt %d has not begun", experimentId, attempt);
                closeProducer();
                failIfTooLarge(e);
                rest();
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
                if (producer == null) {
                    check();
                    producer = opened();
                    // again: a successor may have begun meanwhile, whom opening has shut out for a moment
                    check();
                }
                commit(records);
                return;
            } catch (KafkaException e) {
                LOG.debugf(e, "experiment %s: attempt %d: transaction failed", experimentId, attempt);
                closeProducer();
                failIfTooLarge(e);
                // its failure may mean that it was overtaken, or that the broker was away: the attempts tell
                check();
                rest();
            }
        }
    }

    private void commit(List<ProducerRecord<String, byte[]>> records) {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                await(each);
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            refused(e, records.stream().map(ProducerRecord::topic).distinct().collect(Collectors.joining(", ")));
            throw e;
        }
        plain.takenElsewhere(this);
        if (refusals.over()) {
            LOG.infof("experiment %s: the broker takes transactions again", experimentId);
        }
    }

    /** No other try can succeed; everything else that the broker refuses may be mended meanwhile. */
    private static void failIfTooLarge(KafkaException e) {
        if (e instanceof RecordTooLargeException) {
            throw e;
        }
    }

    /** @param topic that the transaction was to write to; several with commas */
    private void refused(KafkaException e, String topic) {
        if (!Refusals.isTaken(e)) {
            plain.refusedElsewhere(this, topic, e.getMessage());
        }
        if (refusals.isNews(e)) {
            LOG.warnf(
                    "experiment %s: the broker has refused transactions of %s %d times in a row, trying again: %s; which permissions a"
                            + " trainer needs is in docs/deploy.md",
                    experimentId, transactionalId(), Refusals.TOLD_AFTER, e.getMessage());
        }
    }

    private String transactionalId() {
        return "rtda-experiment-" + experimentId;
    }

    /** In a row, of the broker. A few are nothing: it starts again. */
    static final class Refusals {
        static final int TOLD_AFTER = 3;

        private int inARow;

        /** One more, unless it says that another trainer took the experiment. @return whether people are to be told now: once, however many follow */
        boolean isNews(KafkaException refusal) {
            if (isTaken(refusal)) {
                return false;
            }
            inARow++;
            return inARow == TOLD_AFTER;
        }

        private static boolean isTaken(Throwable refusal) {
            return refusal instanceof ProducerFencedException
                    || refusal instanceof InvalidProducerEpochException
                    || refusal.getCause() != null && isTaken(refusal.getCause());
        }

        /** None any more. @return whether people were told of them */
        boolean over() {
            boolean told = inARow >= TOLD_AFTER;
            inARow = 0;
            return told;
        }
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingStoppedException("the trainer is shutting down");
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
            OvertakenException overtaken = new OvertakenException(experimentId, attempt);
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
                reading.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                stopIfTold();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingStoppedException("the trainer is shutting down");
            }
        }
    }

    private KafkaProducer<String, byte[]> opened() {
        Map<String, Object> settings =
                KafkaSettings.transactionalProducer(kafka, transactionalId(), TRANSACTION_LIMIT, GLANCE);
        while (true) {
            KafkaProducer<String, byte[]> fresh = null;
            try {
                fresh = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                fresh.initTransactions();
                return fresh;
            } catch (KafkaException e) {
                LOG.debugf("experiment %s: not taken yet: %s", experimentId, e.getMessage());
                refused(e, Topic.EXPERIMENT_ATTEMPTS.topicName());
                if (fresh != null) {
                    fresh.close(Duration.ZERO);
                }
                rest();
            }
        }
    }

    private void rest() {
        stopIfTold();
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingStoppedException("the trainer is shutting down");
        }
    }

    private void stopIfTold() {
        if (control.isHandedOver()) {
            throw new TrainingStoppedException("the trainer is shutting down");
        }
    }

    private void closeProducer() {
        KafkaProducer<String, byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    @Override
    public synchronized void close() {
        plain.takenElsewhere(this);
        closeProducer();
    }
}
