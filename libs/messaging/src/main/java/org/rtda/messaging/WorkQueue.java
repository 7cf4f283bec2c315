package org.rtda.messaging;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
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
 * drop it, so none is lost. While the broker refuses the letter or the new record, this queue holds the record and takes no other. A
 * worker that may not write to the topic works on such a record again until it is done.
 *
 * <p>While something of its {@linkplain WorkPrecondition precondition} is missing, such as the broker, a queue takes nothing and has no
 * consumer. Without a broker, both threads of a share consumer would compute without a pause (KAFKA-20253), and an evaluator has some
 * twenty consumers. For the same reason a consumer that has lost the record in hand is closed at once, however long the work on it goes
 * on.
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

    /** Between two looks at a precondition that is not met. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Names this process among a group's members: one may be a member several times, and who counts processes counts it once. */
    private static final String PROCESS = ManagementFactory.getRuntimeMXBean().getName();

    /** For the last words of a consumer, such as the acknowledgement of its last record; without them the record comes again. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

    /** For work that was interrupted. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);

    private final String topic;
    private final Settlement settlement;
    private final WorkPrecondition precondition;
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
            Duration grace,
            WorkPrecondition precondition) {
        this.topic = topic;
        this.settlement = new Settlement(work, publisher, () -> closing, precondition);
        this.precondition = precondition;
        this.consumers = consumers;
        this.grace = grace;
        this.workThread = Executors.newSingleThreadExecutor(run -> new Thread(run, topic));
        this.pollThread = new Thread(this::takeUntilClosed, topic + "-queue");
    }

    /** As below, of work that is taken at all times. */
    public static WorkQueue open(
            Map<String, Object> kafka, Topic topic, Work work, Publisher publisher, Duration grace) {
        return open(kafka, topic, work, publisher, grace, WorkPrecondition.NONE);
    }

    /**
     * Begins to take work.
     *
     * @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect
     * @param topic one of those whose records are {@linkplain Topic#isWork work}
     * @param publisher of dead letters, and of records that are left to others
     * @param grace for a record that is worked on when the queue is closed: how long its work may go on
     * @param precondition whether work may be taken now
     */
    public static WorkQueue open(
            Map<String, Object> kafka,
            Topic topic,
            Work work,
            Publisher publisher,
            Duration grace,
            WorkPrecondition precondition) {
        return open(kafka, topic.topicName(), topic.workers(), work, publisher, grace, precondition);
    }

    /**
     * Begins to take all records of a topic, each once among the members of a group that is none of its {@linkplain Topic#workers
     * workers}. Somebody else writes the dead letters of records that do not parse: this work must not refuse those.
     */
    public static WorkQueue openBeside(
            Map<String, Object> kafka,
            Topic topic,
            String group,
            Work work,
            Publisher publisher,
            Duration grace,
            WorkPrecondition precondition) {
        return open(kafka, topic.topicName(), group, work, publisher, grace, precondition);
    }

    static WorkQueue open(
            Map<String, Object> kafka,
            String topic,
            String group,
            Work work,
            Publisher publisher,
            Duration grace,
            WorkPrecondition precondition) {
        return open(topic, work, publisher, () -> consumer(kafka, topic, group), grace, precondition);
    }

    /** @param consumers gives a new one to begin with, and another whenever the last one has failed */
    static WorkQueue open(
            String topic,
            Work work,
            Publisher publisher,
            Supplier<ShareConsumer<String, byte[]>> consumers,
            Duration grace,
            WorkPrecondition precondition) {
        WorkQueue queue = new WorkQueue(topic, work, publisher, consumers, grace, precondition);
        queue.pollThread.start();
        return queue;
    }

    private static ShareConsumer<String, byte[]> consumer(Map<String, Object> kafka, String topic, String group) {
        Map<String, Object> settings = KafkaSettings.worker(kafka, group, group + "-" + PROCESS);
        KafkaShareConsumer<String, byte[]> consumer =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    private void takeUntilClosed() {
        while (!closing) {
            if (!mayTake()) {
                // without a consumer: one that is not polled may hold a record that it has fetched already
                awaitPrecondition();
                continue;
            }
            try {
                takeWhileNothingIsMissing();
            } catch (WakeupException | InterruptException | InterruptedException e) {
                LOG.tracef("%s: woken", topic);
            } catch (RuntimeException | Error e) {
                // a consumer that has failed is of no use any more; another is made
                LOG.warnf("work of %s cannot be taken at the moment, trying again: %s", topic, e.getMessage());
                pause = Backoff.longerThan(pause);
                pauseUninterrupted();
            }
        }
        workThread.shutdown();
    }

    private void takeWhileNothingIsMissing() throws InterruptedException {
        ShareConsumer<String, byte[]> opened = consumers.get();
        try {
            consumer = opened;
            boolean held = true;
            while (!closing && held && mayTake()) {
                ConsumerRecords<String, byte[]> next = next(opened);
                if (next.isEmpty()) {
                    // nothing that failed here waits for this worker any more
                    pause = Duration.ZERO;
                }
                for (ConsumerRecord<String, byte[]> received : next) {
                    held &= deal(opened, new Delivery(received));
                }
                pause();
            }
            // a consumer that lost a record might hand it out once more, long after its lock has ended
        } finally {
            close(opened, CLOSE_WAIT);
        }
    }

    private boolean mayTake() {
        return precondition.missing().isEmpty();
    }

    private void awaitPrecondition() {
        try {
            while (!mayTake() && !closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.tracef("%s: nothing is taken", topic);
            }
            // whatever failed, failed for want of what is there now
            pause = Duration.ZERO;
        } catch (InterruptedException e) {
            LOG.tracef("%s: woken", topic);
        }
    }

    /** Before the next record, because of the present trouble; for the thread that polls. */
    Duration pausing() {
        return pause;
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
        Settlement.Outcome settled;
        try {
            settled = await(opened, delivery);
        } catch (InterruptedException e) {
            settled = settlement.leftAtTheEnd(delivery);
        }
        pause = switch (settled) {
            case DONE -> Duration.ZERO;
            case LEFT, STILL_HELD -> pause;
            case LEFT_IN_TROUBLE, ANEW_IN_TROUBLE -> Backoff.longerThan(pause);
        };
        if (delivery.isLost()) {
            LOG.infof("%s: the lock had run out; whoever has it now does it again", delivery);
            return false;
        }
        opened.acknowledge(
                delivery.received(),
                settled == Settlement.Outcome.DONE || settled == Settlement.Outcome.ANEW_IN_TROUBLE
                        ? AcknowledgeType.ACCEPT
                        : AcknowledgeType.RELEASE);
        if (!pause.isZero()) {
            // otherwise it goes to the broker with the next poll, or when the consumer is closed
            opened.commitSync(RENEW_EVERY);
        }
        return true;
    }

    /** Waits for the work and renews the record's lock meanwhile. */
    private Settlement.Outcome await(ShareConsumer<String, byte[]> opened, Delivery delivery)
            throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(1);
        Future<Settlement.Outcome> under = workThread.submit(() -> {
            try {
                return settlement.settle(delivery);
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
                    if (!delivery.isLost()) {
                        renew(opened, delivery);
                    }
                    renewed = System.nanoTime();
                }
                if (closing && closingSince == 0) {
                    closingSince = now;
                } else if (closing && now - closingSince > grace.toNanos()) {
                    // before: what the interrupt breaks is no failure of the record
                    delivery.leave();
                    under.cancel(true);
                    // what the work uses is closed next
                    finished.await(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                    throw new InterruptedException("closed");
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException("closed");
                }
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause().toString(), e.getCause());
            }
        }
    }

    /** What a consumer says while it is closed must not hide why, or leave its work alone: it is closed all the same. */
    private static void close(ShareConsumer<String, byte[]> opened, Duration wait) {
        try {
            opened.close(wait);
        } catch (KafkaException e) {
            LOG.debugf(e, "a consumer was closed");
        }
    }

    private static void renew(ShareConsumer<String, byte[]> opened, Delivery delivery) {
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
        if (delivery.isLost()) {
            close(opened, Duration.ZERO);
        }
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

    /** As {@link #close}, of several at the same time: each may wait for its poll, its fetch and its work. */
    public static void closeAll(Collection<WorkQueue> queues) {
        queues.forEach(WorkQueue::stopTaking);
        queues.forEach(WorkQueue::close);
    }

    /** Takes nothing any more; what is worked on has its grace and is then left to others. Returns when that is done. */
    @Override
    public void close() {
        stopTaking();
        try {
            pollThread.join(grace.plus(LAST_WAIT).plusSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopTaking() {
        closing = true;
        closed.countDown();
        ShareConsumer<String, byte[]> open = consumer;
        if (open != null && polling) {
            open.wakeup();
        }
    }
}
