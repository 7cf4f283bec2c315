package org.rtda.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.rtda.contracts.Topic;

/**
 * Reads all of a topic, alone: no group, nothing committed, nothing that another follower could take over. Survives a broker that
 * goes away, and goes on where it was. Of transactions only what was committed is read.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);

    /** A record ends a poll at once, and so do a question and closing. */
    private static final Duration POLL = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int TOLD_AFTER = 3;

    private final Map<String, Object> kafka;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final boolean fromBeginning;
    private final Receiver receiver;
    private final String topic;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    /**
     * As many as the broker has, which may be more than the contracts say; added ones count from the next connection on. For the
     * thread alone.
     */
    private List<TopicPartition> partitions = List.of();
    /** Null until somebody asks; for the thread alone. */
    private Admin admin;

    /** Connections that have failed since the last one that read something; for the thread alone. */
    private int failures;

    private volatile boolean closing;
    private volatile Consumer<String, byte[]> consumer;

    /** Answered when all that lies before its ends has been received. */
    private static final class Question {
        private final CompletableFuture<Void> answer = new CompletableFuture<>();
        /** Null for those that the topic has when the question is first looked at. */
        private Map<TopicPartition, Long> ends;
    }

    /** Is given each record, on a thread of the follower's own; what it throws is logged. */
    public interface Receiver {
        void receive(ConsumerRecord<String, byte[]> received);
    }

    private TopicFollower(
            Map<String, Object> kafka,
            Supplier<Consumer<String, byte[]>> consumers,
            String topic,
            boolean fromBeginning,
            Receiver receiver) {
        this.kafka = kafka;
        this.consumers = consumers;
        this.fromBeginning = fromBeginning;
        this.receiver = receiver;
        this.topic = topic;
        this.thread = new Thread(this::followUntilClosed, topic + "-follower");
    }

    /**
     * Everything that the topic holds and will hold.
     *
     * @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect
     */
    public static TopicFollower fromBeginning(Map<String, Object> kafka, Topic topic, Receiver receiver) {
        return fromBeginning(kafka, topic.topicName(), receiver);
    }

    static TopicFollower fromBeginning(Map<String, Object> kafka, String topic, Receiver receiver) {
        return fromBeginning(kafka, () -> consumer(kafka, true), topic, receiver);
    }

    /** @param consumers gives a new one to begin with, and another whenever the last one has failed */
    static TopicFollower fromBeginning(
            Map<String, Object> kafka, Supplier<Consumer<String, byte[]>> consumers, String topic, Receiver receiver) {
        return started(new TopicFollower(kafka, consumers, topic, true, receiver));
    }

    /** What comes from now on: from the moment that {@link #awaitCaughtUp} returns for the first time at the latest. */
    public static TopicFollower fromNowOn(Map<String, Object> kafka, Topic topic, Receiver receiver) {
        return started(new TopicFollower(kafka, () -> consumer(kafka, false), topic.topicName(), false, receiver));
    }

    private static Consumer<String, byte[]> consumer(Map<String, Object> kafka, boolean fromBeginning) {
        return new KafkaConsumer<>(
                KafkaSettings.follower(kafka, fromBeginning, POLL),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static TopicFollower started(TopicFollower follower) {
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** Ends when everything that was published before this call has been received; while the broker is away it does not. */
    public CompletableFuture<Void> caughtUp() {
        return ask(new Question());
    }

    /** Ends when the record at this place, and all before it in its partition, has been received; while the broker is away it does not. */
    public CompletableFuture<Void> received(int partition, long offset) {
        Question question = new Question();
        question.ends = Map.of(new TopicPartition(topic, partition), offset + 1);
        return ask(question);
    }

    private CompletableFuture<Void> ask(Question question) {
        questions.add(question);
        Consumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        return question.answer;
    }

    /** As {@link #caughtUp}, and waits. */
    public void awaitCaughtUp() throws InterruptedException {
        try {
            caughtUp().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void followUntilClosed() {
        while (!closing) {
            Consumer<String, byte[]> opened = null;
            try {
                opened = consumers.get();
                partitions = partitions(opened);
                opened.assign(partitions);
                goTo(opened);
                consumer = opened;
                while (!closing) {
                    follow(opened);
                }
            } catch (RuntimeException | Error e) {
                // a consumer that has failed is of no use any more; another goes on where this one was
                if (!closing) {
                    LOG.debugf(e, "%s: followed anew", topic);
                    failed(e);
                    pause();
                }
            } finally {
                close(opened);
            }
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** There is no group to leave, and the fetch under way need not be waited for. A failure to close must not end the following. */
    private void close(Consumer<String, byte[]> opened) {
        if (opened == null) {
            return;
        }
        try {
            opened.close(CloseOptions.timeout(Duration.ZERO));
        } catch (RuntimeException | Error e) {
            LOG.debugf(e, "%s: a consumer was not closed", topic);
        }
    }

    /** One failure is no news: the next consumer reads on. */
    private void failed(Throwable failure) {
        failures++;
        if (failures == TOLD_AFTER) {
            LOG.warnf("%s cannot be followed at the moment, trying again: %s", topic, failure.getMessage());
        }
    }

    private void read() {
        if (failures >= TOLD_AFTER) {
            LOG.infof("%s is followed again", topic);
        }
        failures = 0;
    }

    /** @throws IllegalStateException while the broker does not know the topic */
    private List<TopicPartition> partitions(Consumer<String, byte[]> opened) {
        List<TopicPartition> found = opened.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("the broker has no topic " + topic);
        }
        return found;
    }

    private void goTo(Consumer<String, byte[]> opened) {
        for (TopicPartition partition : partitions) {
            Long known = next.get(partition);
            if (known != null) {
                opened.seek(partition, known);
            } else if (fromBeginning) {
                opened.seekToBeginning(List.of(partition));
            } else {
                opened.seekToEnd(List.of(partition));
            }
            // asking for the position is what makes the seek happen now
            next.put(partition, opened.position(partition));
        }
    }

    private void follow(Consumer<String, byte[]> opened) {
        try {
            answer(opened);
            for (ConsumerRecord<String, byte[]> received :
                    opened.poll(questions.isEmpty() ? POLL : Duration.ofMillis(50))) {
                receive(received);
            }
            for (TopicPartition partition : partitions) {
                next.put(partition, opened.position(partition));
            }
            read();
        } catch (WakeupException e) {
            LOG.trace("a question, or closing");
        }
    }

    private void receive(ConsumerRecord<String, byte[]> received) {
        try {
            receiver.receive(received);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "record %d of %s-%d is left out: %s",
                    received.offset(), received.topic(), received.partition(), e.getMessage());
        }
    }

    private void answer(Consumer<String, byte[]> opened) {
        Collection<Question> open = List.copyOf(questions);
        for (Question question : open) {
            if (question.ends == null) {
                question.ends = ends();
            }
            if (question.ends.entrySet().stream().allMatch(end -> opened.position(end.getKey()) >= end.getValue())) {
                questions.remove(question);
                question.answer.complete(null);
            }
        }
    }

    /**
     * Of everything, open transactions included: what is behind one that a dead trainer left open is read when it has ended.
     * Asked over a connection of its own: the consumer's is taken by the fetch under way, which may last.
     */
    private Map<TopicPartition, Long> ends() {
        if (admin == null) {
            admin = Admin.create(KafkaSettings.admin(kafka));
        }
        try {
            return admin
                    .listOffsets(
                            partitions.stream()
                                    .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest())),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, found -> found.getValue().offset()));
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        Consumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
