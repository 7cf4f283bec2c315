package org.rtda.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Publishes records that count: idempotent, acknowledged by all replicas in sync, and tried again for as long as the broker is
 * away, has no such topic, or has too few replicas; {@link PublishWatch} says so. What can never succeed, a record that is too large or
 * a permission that is missing, fails at once. Safe for use by several threads.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Publisher.class);

    private final Producer<String, byte[]> producer;
    private final LongAdder lettersRefused = new LongAdder();
    /** Sent and not answered, by what ends with the answer. */
    private final Map<CompletableFuture<RecordMetadata>, Waiting> underWay = new ConcurrentHashMap<>();
    /** Refused, and sent again until the broker takes them; by what is theirs alone. */
    private final Map<Object, Waiting> held = new ConcurrentHashMap<>();

    /** The same, of producers beside this one. */
    private final Map<Object, Waiting> heldElsewhere = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;
    private volatile boolean closed;

    /**
     * A record that the broker has not taken yet.
     *
     * @param sinceNanos when it was sent for the first time
     * @param refusal in the broker's words; null where it has not answered
     */
    record Waiting(String topic, long sinceNanos, String refusal) {}

    /** @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect */
    public Publisher(Map<String, Object> kafka) {
        this(new KafkaProducer<>(KafkaSettings.producer(kafka), new StringSerializer(), new ByteArraySerializer()));
    }

    Publisher(Producer<String, byte[]> producer) {
        this(producer, System::nanoTime);
    }

    Publisher(Producer<String, byte[]> producer, LongSupplier nanoTime) {
        this.producer = producer;
        this.nanoTime = nanoTime;
    }

    /**
     * Ends when all replicas in sync have the record; exceptionally when the broker refuses it for good. Blocks while the broker has no
     * such topic, or the producer's buffer is full.
     */
    public CompletableFuture<RecordMetadata> publish(ProducerRecord<String, byte[]> published) {
        CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
        underWay.put(done, new Waiting(published.topic(), nanoTime.getAsLong(), null));
        try {
            producer.send(published, (where, failure) -> end(done, where, failure));
        } catch (RuntimeException e) {
            end(done, null, e);
        }
        return done;
    }

    private void end(CompletableFuture<RecordMetadata> done, RecordMetadata where, Exception failure) {
        underWay.remove(done);
        if (failure == null) {
            done.complete(where);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /**
     * What to tell people of a publication that failed and would fail again however often it is tried: the record is too large, or a
     * permission is missing. Empty where another try may succeed.
     */
    public static Optional<String> refusedForGood(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RecordTooLargeException) {
            return Optional.of(cause.getMessage() + ": does the broker have the limits of docs/deploy.md?");
        }
        return cause instanceof AuthorizationException
                ? Optional.of(
                        cause.getMessage() + ": does this service's account have the permissions of docs/access.md?")
                : Optional.empty();
    }

    /**
     * Publishes and waits for as long as it takes.
     *
     * @throws KafkaException when the broker refuses the record for good (it is too large, or a permission is missing), or this publisher
     *     is closed
     */
    public RecordMetadata publishAndWait(ProducerRecord<String, byte[]> published) throws InterruptedException {
        try {
            return publish(published).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }

    /**
     * Publishes a record that must not be lost, in spite of a broker that refuses it: for want of a permission, or because its topic takes
     * shorter records only. It is sent again until the broker takes it; the log says so when that begins and when it is over.
     *
     * @param versions of the record, at least one, each shorter than the one before; the first that is not too long is published
     * @throws KafkaException when this publisher is closed
     */
    void publishUntilTaken(List<ProducerRecord<String, byte[]>> versions, String what) throws InterruptedException {
        int version = 0;
        Duration pause = Duration.ZERO;
        long begun = nanoTime.getAsLong();
        Object own = new Object();
        try {
            while (true) {
                try {
                    publishAndWait(versions.get(version));
                    if (!pause.isZero()) {
                        LOG.infof(
                                "%s: taken by %s at last",
                                what, versions.get(version).topic());
                    }
                    return;
                } catch (KafkaException e) {
                    if (closed) {
                        throw e;
                    }
                    if (e instanceof RecordTooLargeException && version < versions.size() - 1) {
                        version++;
                        continue;
                    }
                    held.put(own, new Waiting(versions.get(version).topic(), begun, e.getMessage()));
                    if (pause.isZero()) {
                        LOG.errorf(
                                "%s: the broker refuses it on %s; trying again until it is taken: %s",
                                what, versions.get(version).topic(), e.getMessage());
                    }
                    pause = Backoff.longerThan(pause);
                }
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } finally {
            held.remove(own);
        }
    }

    /** How many records the broker refuses at this moment, dead letters most of them, each of which is sent again until it is taken. */
    public int recordsHeld() {
        return held.size();
    }

    /** All records that the broker has not taken at this moment, in no order. */
    List<Waiting> waiting() {
        return Stream.of(underWay, held, heldElsewhere)
                .flatMap(each -> each.values().stream())
                .toList();
    }

    /**
     * The broker refuses a record of another producer of this process, which sends it again by itself: from now on {@link PublishWatch}
     * counts it as it does those that are published here.
     *
     * @param whose one record at a time
     * @param refusal in the broker's words
     */
    public void refusedElsewhere(Object whose, String topic, String refusal) {
        heldElsewhere.merge(
                whose,
                new Waiting(topic, nanoTime.getAsLong(), refusal),
                (known, now) -> new Waiting(topic, known.sinceNanos(), refusal));
    }

    /** That record is taken, or is sent no more. */
    public void takenElsewhere(Object whose) {
        heldElsewhere.remove(whose);
    }

    /** How many dead letters the broker has refused for good: of records that are followed, and are in the log alone. */
    public long lettersRefused() {
        return lettersRefused.sum();
    }

    void countRefusedLetter() {
        lettersRefused.increment();
    }

    /** Records that wait are given up: what they are about has not been acknowledged and is done again. */
    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ofSeconds(2));
    }
}
