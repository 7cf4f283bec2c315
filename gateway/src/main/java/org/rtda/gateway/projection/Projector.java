package org.rtda.gateway.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.rtda.contracts.Topic;
import org.rtda.gateway.database.PositionStep;
import org.rtda.gateway.database.Projection;
import org.rtda.gateway.database.ProjectionLostException;
import org.rtda.gateway.database.Reading;
import org.rtda.gateway.database.TopicPosition;
import org.rtda.gateway.database.TopicPositions;
import org.rtda.gateway.database.UnstorableRecordException;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.DeadLetter;

/**
 * Reads the topics from the stored positions and has them projected, as long as no other gateway does. There is no consumer group: the
 * positions are the database's. While the database is away the batch at hand waits; while the broker is away the projector connects
 * again and again.
 */
public final class Projector implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Projector.class);

    private static final int BATCH = 500;
    /** A record ends a poll at once, and so does closing; between polls the lease is held longer. */
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Object> settings;
    private final Admin admin;
    private final Projection projection;
    private final TopicPositions positions;
    private final DeadLetterSender letters;
    private final ProjectionListener listener;
    private final Thread thread;
    /** Origins of letters that were sent and may not have come back yet; for the thread alone. */
    private final Set<String> sent = new HashSet<>();

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private String reported;
    private volatile boolean closing;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /** @param kafka settings of a Kafka client */
    public Projector(
            Map<String, Object> kafka,
            Admin admin,
            Projection projection,
            TopicPositions positions,
            DeadLetterSender letters,
            ProjectionListener listener) {
        this.settings = new HashMap<>(kafka);
        this.settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // a position that is not there any more is a surprise to be told, not a reason to skip
        this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        this.settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
        this.settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) POLL.toMillis() + 10_000);
        this.admin = admin;
        this.projection = projection;
        this.positions = positions;
        this.letters = letters;
        this.listener = listener;
        this.thread = new Thread(this::projectUntilClosed, "projector");
        this.thread.setDaemon(true);
    }

    public void begin() {
        thread.start();
    }

    private void projectUntilClosed() {
        while (!closing) {
            try {
                if (projection.takeLease()) {
                    projectWhileHeld();
                }
            } catch (ProjectionLostException e) {
                LOG.infof("projecting pauses: %s", e.getMessage());
            } catch (WakeupException e) {
                LOG.trace("closing");
            } catch (RuntimeException | Error e) {
                // an error, too: without this thread the database stands still, and nothing says so
                report("projecting waits: " + e.getMessage(), e);
            }
            pause();
        }
    }

    /** Says once what lasts. */
    private void report(String what, Throwable cause) {
        if (closing || what.equals(reported)) {
            return;
        }
        reported = what;
        if (cause instanceof ProblemException || cause instanceof KafkaException) {
            LOG.warn(what);
        } else {
            LOG.error(what, cause);
        }
    }

    private void projectWhileHeld() {
        KafkaConsumer<byte[], byte[]> opened =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer = opened;
            List<TopicPartition> partitions = goToStart(opened);
            // letters first: what is refused later is compared with them, so that no restart sends one again
            List<TopicPartition> others = partitions.stream()
                    .filter(partition -> !partition.topic().equals(Topic.DEAD_LETTERS.topicName()))
                    .toList();
            List<TopicPartition> ofLetters = new ArrayList<>(partitions);
            ofLetters.removeAll(others);
            Map<TopicPartition, Long> lastLetters = opened.endOffsets(ofLetters);
            opened.pause(others);
            while (!closing
                    && lastLetters.entrySet().stream()
                            .anyMatch(end -> opened.position(end.getKey()) < end.getValue())) {
                project(opened.poll(POLL));
            }
            opened.resume(others);
            long looked = System.nanoTime();
            boolean mayBeStale = true;
            while (!closing) {
                // records come first; while there are none, documents are written and not waited for records
                project(opened.poll(mayBeStale ? Duration.ZERO : POLL));
                mayBeStale = mayBeStale && projection.renewDocuments();
                if (System.nanoTime() - looked > LOOK_FOR_PARTITIONS.toNanos()) {
                    requireSamePartitions(opened);
                    looked = System.nanoTime();
                }
            }
        } finally {
            consumer = null;
            // there is no group to leave, and the fetch under way need not be waited for
            opened.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** @throws ProjectionLostException when a topic has got partitions: they are read from their beginning */
    private void requireSamePartitions(KafkaConsumer<byte[], byte[]> opened) {
        long partitions = RecordReader.TOPICS.stream()
                .mapToLong(topic -> opened.partitionsFor(topic.topicName()).size())
                .sum();
        if (partitions != next.size()) {
            throw new ProjectionLostException("the topics have " + partitions + " partitions, not " + next.size());
        }
    }

    private List<TopicPartition> goToStart(KafkaConsumer<byte[], byte[]> opened) {
        Map<String, String> topicIds = TopicIds.of(admin, RecordReader.TOPICS);
        List<TopicPartition> partitions = RecordReader.TOPICS.stream()
                .flatMap(topic -> opened.partitionsFor(topic.topicName()).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        Map<TopicPartition, Long> begins = opened.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
        Map<TopicPartition, TopicPosition> stored = positions.all().stream()
                .collect(Collectors.toMap(
                        position -> new TopicPartition(position.topic(), position.partition()), Function.identity()));
        List<TopicPosition> changed = new ArrayList<>();
        opened.assign(partitions);
        next.clear();
        for (TopicPartition partition : partitions) {
            StartPosition start = StartPosition.of(
                    stored.get(partition),
                    partition.topic(),
                    partition.partition(),
                    topicIds.get(partition.topic()),
                    begins.get(partition),
                    ends.get(partition));
            if (start.surprise() != null) {
                LOG.warn(start.surprise());
            }
            if (!start.position().equals(stored.get(partition))) {
                changed.add(start.position());
            }
            next.put(partition, start.position().nextOffset());
            opened.seek(partition, start.position().nextOffset());
        }
        positions.set(changed);
        return partitions;
    }

    private void project(ConsumerRecords<byte[], byte[]> received) {
        if (received.isEmpty()) {
            projection.holdLease(next.entrySet().stream()
                    .map(known -> new PositionStep(
                            known.getKey().topic(), known.getKey().partition(), known.getValue(), known.getValue()))
                    .toList());
            reported = null;
            return;
        }
        List<Reading> batch = new ArrayList<>();
        Map<String, ConsumerRecord<byte[], byte[]>> byOrigin = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : received) {
            Reading reading = RecordReader.read(each);
            batch.add(reading);
            byOrigin.put(reading.origin(), each);
        }
        List<PositionStep> steps = received.partitions().stream()
                .map(partition -> new PositionStep(
                        partition.topic(),
                        partition.partition(),
                        next.get(partition),
                        lastOffset(received, partition) + 1))
                .toList();
        Projection.Outcome outcome;
        try {
            outcome = projectPatiently(batch, steps, byOrigin);
        } catch (UnstorableRecordException e) {
            outcome = projectEach(received, batch, byOrigin);
        }
        if (outcome == null) {
            return;
        }
        reported = null;
        steps.forEach(step -> next.put(new TopicPartition(step.topic(), step.partition()), step.to()));
        Set<String> refused =
                outcome.refused().stream().map(Reading.Refused::origin).collect(Collectors.toSet());
        byOrigin.forEach((origin, each) -> listener.projected(each.topic(), !refused.contains(origin)));
        if (outcome.changes() > 0) {
            listener.changed();
        }
    }

    /**
     * One record of the batch cannot be stored: it is refused, and all others are projected. Null when the projector is closed before
     * the end.
     */
    private Projection.Outcome projectEach(
            ConsumerRecords<byte[], byte[]> received,
            List<Reading> batch,
            Map<String, ConsumerRecord<byte[], byte[]>> byOrigin) {
        Map<TopicPartition, Long> reached = new HashMap<>(next);
        List<Reading.Refused> refused = new ArrayList<>();
        int changes = 0;
        for (Reading reading : batch) {
            ConsumerRecord<byte[], byte[]> record = byOrigin.get(reading.origin());
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            PositionStep step =
                    new PositionStep(record.topic(), record.partition(), reached.get(partition), record.offset() + 1);
            Projection.Outcome one = projectOne(reading, step, byOrigin);
            if (one == null) {
                return null;
            }
            reached.put(partition, step.to());
            refused.addAll(one.refused());
            changes += one.changes();
        }
        return new Projection.Outcome(changes, refused);
    }

    private Projection.Outcome projectOne(
            Reading reading, PositionStep step, Map<String, ConsumerRecord<byte[], byte[]>> byOrigin) {
        try {
            return projectPatiently(List.of(reading), List.of(step), byOrigin);
        } catch (UnstorableRecordException e) {
            if (reading instanceof Reading.Letter) {
                // a letter of the letter would hold the same, and so on without end
                LOG.warnf("dead letter %s is left out: %s", reading.origin(), e.getMessage());
                return projectPatiently(List.of(), List.of(step), byOrigin);
            }
            return projectPatiently(
                    List.of(new Reading.Refused(reading.origin(), e.getMessage())), List.of(step), byOrigin);
        }
    }

    private static long lastOffset(ConsumerRecords<byte[], byte[]> received, TopicPartition partition) {
        List<ConsumerRecord<byte[], byte[]>> records = received.records(partition);
        return records.get(records.size() - 1).offset();
    }

    /** While the database or the broker does not answer the batch waits; null when the projector is closed before. */
    private Projection.Outcome projectPatiently(
            List<Reading> batch, List<PositionStep> steps, Map<String, ConsumerRecord<byte[], byte[]>> byOrigin) {
        while (!closing) {
            try {
                return projection.project(batch, steps, refused -> sendLetters(refused, byOrigin));
            } catch (ProblemException e) {
                report("projecting waits: " + e.getMessage(), e);
                pause();
            }
        }
        return null;
    }

    private void sendLetters(List<Reading.Refused> refused, Map<String, ConsumerRecord<byte[], byte[]>> byOrigin) {
        for (Reading.Refused one : refused) {
            if (sent.contains(one.origin())) {
                continue;
            }
            ConsumerRecord<byte[], byte[]> received = byOrigin.get(one.origin());
            letters.send(received, one.reason());
            if (sent.size() >= MOST_REMEMBERED) {
                sent.clear();
            }
            sent.add(one.origin());
            LOG.warnf(
                    "record %s went to the dead letters: %s (experiment %s)",
                    one.origin(), one.reason(), DeadLetter.header(received, Topic.EXPERIMENT_HEADER));
        }
    }

    private void pause() {
        try {
            if (!closing) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        // not interrupted: an embedded database would lose its file
        try {
            thread.join(5_000);
            projection.giveLeaseBack();
        } catch (ProblemException databaseAway) {
            LOG.debug(databaseAway.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
