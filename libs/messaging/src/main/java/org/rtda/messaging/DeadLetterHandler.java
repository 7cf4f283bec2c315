package org.rtda.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.Sha256;

/** Takes what can never be worked on, with the reason. */
public final class DeadLetterHandler {
    private static final Logger LOG = Logger.getLogger(DeadLetterHandler.class);

    /** Of a record's value that a letter carries: with key and headers below what any broker takes (1 MiB unless told otherwise). */
    public static final int VALUE_LIMIT = 768 << 10;

    /** The same for brokers that take shorter records only: a letter that is refused as too long is cut to the next. */
    private static final List<Integer> VALUE_LIMITS = List.of(VALUE_LIMIT, 64 << 10, 4 << 10, 0);

    /** Characters of a reason, a key or the name of an experiment; what is longer is no text for people. */
    private static final int TEXT_LIMIT = 4 << 10;

    /** A producer tells of a refusal on the thread that empties its buffer: who sent there would wait for itself while that is full. */
    private static final Executor BESIDE = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "dead-letters");
        thread.setDaemon(true);
        return thread;
    });

    private final Publisher publisher;
    private final Executor beside;

    public DeadLetterHandler(Publisher publisher) {
        this(publisher, BESIDE);
    }

    /** @param beside runs what is sent because of an answer of the producer's */
    DeadLetterHandler(Publisher publisher, Executor beside) {
        this.publisher = publisher;
        this.beside = beside;
    }

    /** Publishes the letter if the broker takes it. @return whether it did */
    boolean offer(ConsumerRecord<String, byte[]> refused, RuntimeException reason) throws InterruptedException {
        for (ProducerRecord<String, byte[]> version : letters(refused, FailureKind.why(reason))) {
            try {
                publisher.publishAndWait(version);
                return true;
            } catch (RecordTooLargeException e) {
                LOG.debugf("dead letter of %s: %s", origin(refused), e.getMessage());
            } catch (KafkaException e) {
                LOG.warnf("dead letter of %s: the broker refuses it: %s", origin(refused), e.getMessage());
                return false;
            }
        }
        return false;
    }

    /** Returns when the letter is published, however long the broker refuses it. */
    void take(ConsumerRecord<String, byte[]> refused, RuntimeException reason) throws InterruptedException {
        publisher.publishUntilTaken(letters(refused, FailureKind.why(reason)), "dead letter of " + origin(refused));
    }

    /**
     * Takes a record that is followed, not worked on: nobody waits for the letter. The log says what is left out, and why; also where the
     * broker refuses the letter for good.
     */
    public void send(ConsumerRecord<String, byte[]> refused, RuntimeException reason) {
        LOG.warnf("%s is left out: %s", origin(refused), FailureKind.why(reason));
        send(refused, letters(refused, FailureKind.why(reason)), 0);
    }

    private void send(
            ConsumerRecord<String, byte[]> refused, List<ProducerRecord<String, byte[]>> versions, int version) {
        publisher.publish(versions.get(version)).whenComplete((where, failure) -> {
            if (failure instanceof RecordTooLargeException && version < versions.size() - 1) {
                beside.execute(() -> send(refused, versions, version + 1));
            } else if (failure != null) {
                publisher.countRefusedLetter();
                LOG.errorf("no dead letter of %s: %s", origin(refused), failure.getMessage());
            }
        });
    }

    /**
     * The letter of a record, as it came but for the end of a value that is too long, and the same letter with ever less of the value, the
     * last without any: the first that the broker does not refuse as too long is the one to publish. A value that may hold images is left
     * out: letters stay, and images must not.
     */
    public static List<ProducerRecord<String, byte[]>> letters(ConsumerRecord<String, byte[]> refused, String reason) {
        boolean mayHoldImages =
                Topic.named(refused.topic()).map(Topic::mayHoldImages).orElse(false);
        String sha256 = refused.value() == null ? null : Sha256.hex(refused.value());
        return (mayHoldImages ? List.of(0) : VALUE_LIMITS)
                .stream().map(limit -> letter(refused, reason, sha256, limit)).toList();
    }

    /** @param sha256 of the record's value; null where it has none */
    private static ProducerRecord<String, byte[]> letter(
            ConsumerRecord<String, byte[]> refused, String reason, String sha256, int valueLimit) {
        byte[] value = refused.value();
        boolean cut = value != null && value.length > valueLimit;
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                Topic.DEAD_LETTERS.topicName(),
                null,
                refused.key() == null || refused.key().length() > TEXT_LIMIT
                        ? refused.topic() + "/" + refused.partition() + "/" + refused.offset()
                        : refused.key(),
                cut ? Arrays.copyOf(value, valueLimit) : value);
        String experiment = EventRecords.headerOf(refused, Topic.EXPERIMENT_HEADER);
        if (experiment != null) {
            add(letter, Topic.EXPERIMENT_HEADER, experiment);
        }
        add(letter, Topic.DEAD_LETTER_REASON_HEADER, reason);
        add(letter, Topic.DEAD_LETTER_TOPIC_HEADER, refused.topic());
        add(letter, Topic.DEAD_LETTER_PARTITION_HEADER, Integer.toString(refused.partition()));
        add(letter, Topic.DEAD_LETTER_OFFSET_HEADER, Long.toString(refused.offset()));
        if (sha256 != null) {
            add(letter, Topic.DEAD_LETTER_SHA256_HEADER, sha256);
        }
        if (cut) {
            add(letter, Topic.DEAD_LETTER_SIZE_HEADER, Integer.toString(value.length));
        }
        return letter;
    }

    private static String origin(ConsumerRecord<?, ?> refused) {
        return "record " + refused.offset() + " of " + refused.topic() + "-" + refused.partition();
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String value) {
        String text = value.substring(0, Math.min(value.length(), TEXT_LIMIT));
        letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
