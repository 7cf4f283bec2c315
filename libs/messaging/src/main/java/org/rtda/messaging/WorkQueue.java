package org.rtda.messaging;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.rtda.contracts.Topic;

/**
 * Takes work from a topic, one record at a time, as a member of the share group that all workers of the topic form (KIP-932):
 * Kafka locks each record for whoever takes it, gives it to another where that one dies, and knows how often it was
 * delivered. So any number of workers share one partition, and a slow or dead one holds up its own record alone.
 *
 * <p>The lock is renewed for as long as the work takes. A record that no worker can take is published to the dead letters
 * before it is acknowledged; one that is left to others often is published anew before Kafka's limit on deliveries would
 * drop it, so none is lost.
 */
public final class WorkQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkQueue.class);

    /**
     * Closing ends a poll at once, and a record that comes does. But one poll fetches nothing more after it has met the end of a
     * transaction, so what comes then waits for the next.
     */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The lock of a share group, and how often it is renewed. */
    private static final Duration RENEW_EVERY = TopicAdmin.LOCK.dividedBy(3);

    /** Names this process among a group's members: one may be a member several times, and who counts processes counts it once. */
    private static final String PROCESS = ManagementFactory.getRuntimeMXBean().getName();

    /** For work that was interrupted. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String topic;
    private final Work work;
    private final Publisher publisher;
    private final DeadLetterOffice deadLetters;
    private final Supplier<ShareConsumer<String, byte[]>> consumers;
    private final Duration grace;
    private final ExecutorService workThread;
    private final Thread pollThread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;

    /** Closing ends a poll, and nothing else that a consumer does. */
    private volatile boolean polling;

    private volatile ShareConsumer<String, byte[]> consumer;

    /** Of the present trouble: zero while there is none. */
    private Duration pause = Duration.ZERO;

    private WorkQueue(
            String topic,
            Work work,
            Publisher publisher,
            Supplier<ShareConsumer<String, byte[]>> consumers,
            Duration grace) {
        this.topic = topic;
        this.work = work;
        this.publisher = publisher;
        this.deadLetters = new DeadLetterOffice(publisher);
        this.consumers = consumers;
        this.grace = grace;
        this.workThread = Executors.newSingleThreadExecutor(run -> new Thread(run, topic));
        this.pollThread = new Thread(this::takeUntilClosed, topic + "-queue");
    }

    /**
     * Begins to take work.
     *
     * @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect
     * @param topic one of those whose records are {@linkplain Topic#isWork work}
     * @param publisher of dead letters, and of records that are left to others
     * @param grace for a record that is worked on when the queue is closed: how long its work may go on
     */
    public static WorkQueue open(
            Map<String, Object> kafka, Topic topic, Work work, Publisher publisher, Duration grace) {
        return open(kafka, topic.topicName(), topic.workers(), work, publisher, grace);
    }

    static WorkQueue open(
            Map<String, Object> kafka, String topic, String group, Work work, Publisher publisher, Duration grace) {
        WorkQueue queue = new WorkQueue(topic, work, publisher, () -> consumer(kafka, topic, group), grace);
        queue.pollThread.start();
        return queue;
    }

    private static ShareConsumer<String, byte[]> consumer(Map<String, Object> kafka, String topic, String group) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + PROCESS);
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // what is taken is worked on at once: nothing waits behind a slow worker
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // a new record ends the wait at once; one that another worker releases, and closing, wait for its end
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
        KafkaShareConsumer<String, byte[]> consumer =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    private void takeUntilClosed() {
        while (!closing) {
            try (ShareConsumer<String, byte[]> opened = consumers.get()) {
                consumer = opened;
                boolean held = true;
                while (!closing && held) {
                    for (ConsumerRecord<String, byte[]> received : next(opened)) {
                        held &= deal(opened, new Delivery(received));
                    }
                    pause();
                }
                // a consumer that lost a record might hand it out once more, long after its lock has ended
            } catch (WakeupException | InterruptException | InterruptedException e) {
                LOG.tracef("%s: woken", topic);
            } catch (RuntimeException | Error e) {
                // a consumer that has failed is of no use any more; another is made
                LOG.warnf("work of %s cannot be taken at the moment, trying again: %s", topic, e.getMessage());
                pause = longer(pause);
                pauseUninterrupted();
            }
        }
        workThread.shutdown();
    }

    private ConsumerRecords<String, byte[]> next(ShareConsumer<String, byte[]> opened) {
        polling = true;
        try {
            return opened.poll(POLL);
        } finally {
            polling = false;
        }
    }

    /** Whether the consumer held the record to the end. */
    private boolean deal(ShareConsumer<String, byte[]> opened, Delivery delivery) throws InterruptedException {
        Work.End end;
        try {
            end = await(opened, delivery);
            pause = end == Work.End.DONE ? Duration.ZERO : pause;
        } catch (InterruptedException e) {
            end = Work.End.LEFT_TO_OTHERS;
        } catch (RuntimeException e) {
            end = endAfter(e, delivery);
        }
        boolean left = end == Work.End.LEFT_TO_OTHERS;
        if (left && (delivery.isLast() || !delivery.isLost() && delivery.count() >= Delivery.LIMIT - 1)) {
            publisher.publishAndWait(anew(delivery.received()));
            left = false;
        }
        if (delivery.isLost()) {
            LOG.infof("%s: the lock had run out; whoever has it now does it again", delivery);
            return false;
        }
        opened.acknowledge(delivery.received(), left ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
        if (!pause.isZero()) {
            // otherwise it goes to the broker with the next poll, or when the consumer is closed
            opened.commitSync(RENEW_EVERY);
        }
        return true;
    }

    private Work.End endAfter(RuntimeException failure, Delivery delivery) throws InterruptedException {
        if (FailureKind.of(failure).isFinal(delivery)) {
            LOG.warnf("%s is refused: %s", delivery, failure.getMessage());
            deadLetters.take(delivery.received(), failure);
            return Work.End.DONE;
        }
        LOG.warnf(failure, "%s is left to other workers; this one pauses", delivery);
        pause = longer(pause);
        return Work.End.LEFT_TO_OTHERS;
    }

    /** Waits for the work and renews the record's lock meanwhile. */
    private Work.End await(ShareConsumer<String, byte[]> opened, Delivery delivery) throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(1);
        Future<Work.End> under = workThread.submit(() -> {
            try {
                return work.on(delivery);
            } finally {
                finished.countDown();
            }
        });
        long closingSince = 0;
        long renewed = System.nanoTime();
        while (true) {
            try {
                return under.get((closing ? Duration.ofMillis(100) : RENEW_EVERY).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                if (now - renewed >= RENEW_EVERY.toNanos()) {
                    renew(opened, delivery);
                    renewed = System.nanoTime();
                }
                if (closing && closingSince == 0) {
                    closingSince = now;
                } else if (closing && now - closingSince > grace.toNanos()) {
                    under.cancel(true);
                    // what the work uses is closed next
                    finished.await(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                    throw new InterruptedException("closed");
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException("closed");
                }
                // memory or native code: the record may be to blame, which its next deliveries will tell
                throw new IllegalStateException(e.getCause().toString(), e.getCause());
            }
        }
    }

    private static void renew(ShareConsumer<String, byte[]> opened, Delivery delivery) {
        if (delivery.isLost()) {
            return;
        }
        try {
            opened.acknowledge(delivery.received(), AcknowledgeType.RENEW);
            Map<TopicIdPartition, Optional<KafkaException>> told = opened.commitSync(RENEW_EVERY);
            // a renewed record can be acknowledged again once a poll has returned it
            boolean renewed = told.values().stream().allMatch(Optional::isEmpty)
                    && !opened.poll(Duration.ZERO).isEmpty();
            if (!renewed) {
                delivery.lose();
            }
        } catch (KafkaException | IllegalStateException e) {
            LOG.debugf("%s: not renewed: %s", delivery, e.getMessage());
            delivery.lose();
        }
    }

    /** The same record once more, so that its deliveries are counted from the beginning. */
    private static ProducerRecord<String, byte[]> anew(ConsumerRecord<String, byte[]> received) {
        return new ProducerRecord<>(received.topic(), null, received.key(), received.value(), received.headers());
    }

    private void pause() throws InterruptedException {
        if (!pause.isZero() && !closing) {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void pauseUninterrupted() {
        try {
            pause();
        } catch (InterruptedException e) {
            LOG.trace("closing");
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Takes nothing any more; what is worked on has its grace and is then left to others. Returns when that is done. */
    @Override
    public void close() {
        closing = true;
        closed.countDown();
        ShareConsumer<String, byte[]> open = consumer;
        if (open != null && polling) {
            open.wakeup();
        }
        try {
            pollThread.join(grace.plus(LAST_WAIT).plusSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
