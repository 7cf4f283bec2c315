package org.rtda.trainer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
import org.rtda.contracts.Topic;
import org.rtda.messaging.KafkaSettings;
import org.rtda.messaging.Publisher;

/**
 * The transactions of one experiment. Whoever opens them shuts out everybody who had opened them before. One that fails closes them. For
 * one thread at a time.
 */
final class ExperimentTransactions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExperimentTransactions.class);

    /** A transaction takes some milliseconds; readers of its topics wait for one that a dead trainer left open. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How long one call may wait for the broker before the run's control is looked at again. */
    static final Duration GLANCE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Publisher plain;
    private final String experimentId;
    private final RunControl control;
    private final Refusals refusals = new Refusals();
    private KafkaProducer<String, byte[]> producer;

    /** @param plain is told of what the broker refuses, for the health check */
    ExperimentTransactions(Map<String, Object> kafka, Publisher plain, String experimentId, RunControl control) {
        this.kafka = kafka;
        this.plain = plain;
        this.experimentId = experimentId;
        this.control = control;
    }

    boolean areOpen() {
        return producer != null;
    }

    /**
     * Returns when the broker has opened them, however long that takes.
     *
     * @throws TrainingStoppedException when the control says so meanwhile
     */
    void open() {
        Map<String, Object> settings = KafkaSettings.transactionalProducer(kafka, transactionalId(), LIMIT, GLANCE);
        while (producer == null) {
            KafkaProducer<String, byte[]> fresh = null;
            try {
                fresh = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                fresh.initTransactions();
                producer = fresh;
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

    /**
     * Publishes all of the records or none.
     *
     * @throws RecordTooLargeException when one of them is; no other try can succeed
     * @throws TransactionFailedException when the broker has not said that it has them: somebody else may have opened them, the broker may
     *     be away, or it may have them all the same
     */
    void commit(List<ProducerRecord<String, byte[]>> records) throws TransactionFailedException {
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
            closeProducer();
            if (e instanceof RecordTooLargeException) {
                throw e;
            }
            throw new TransactionFailedException(e);
        }
        plain.takenElsewhere(this);
        if (refusals.over()) {
            LOG.infof("experiment %s: the broker takes transactions again", experimentId);
        }
    }

    /** Another may succeed: everything but its size that the broker refuses may be mended meanwhile. */
    static final class TransactionFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        TransactionFailedException(KafkaException cause) {
            super(cause.getMessage(), cause);
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

    /** @param topic that the transaction was to write to; several with commas */
    private void refused(KafkaException e, String topic) {
        if (!Refusals.isTaken(e)) {
            plain.refusedElsewhere(this, topic, e.getMessage());
        }
        if (refusals.isNews(e)) {
            LOG.warnf(
                    "experiment %s: the broker has refused transactions of %s %d times in a row, trying again: %s;"
                            + " which permissions a trainer needs is in docs/access.md",
                    experimentId, transactionalId(), Refusals.TOLD_AFTER, e.getMessage());
        }
    }

    private String transactionalId() {
        return "rtda-experiment-" + experimentId;
    }

    /** Between two tries. @throws TrainingStoppedException when the control says so */
    void rest() {
        control.checkHandedOver();
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
    public void close() {
        plain.takenElsewhere(this);
        closeProducer();
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
}
