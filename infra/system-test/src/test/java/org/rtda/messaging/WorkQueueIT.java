package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.testkit.LocalStack;

/** Work shared by several on a real broker. The tests mostly wait for locks, so they run beside one another. */
@Execution(ExecutionMode.CONCURRENT)
class WorkQueueIT {
    private static final String LETTERS = "dead letters";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
    private final String topic = "work-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Publisher publisher;
    private WorkPrecondition precondition = WorkPrecondition.NONE;

    @BeforeEach
    void prepare() {
        String broker = LocalStack.shared().bootstrapServers();
        TopicAdmin.ensure(broker, Duration.ofSeconds(30));
        TopicAdmin.ensure(
                broker,
                Duration.ofSeconds(30),
                List.of(new TopicPlan.Wanted(topic, 1, Map.of())),
                List.of(topic + "-workers"));
        publisher = new Publisher(kafka);
        open.add(publisher);
    }

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    private WorkQueue take(Work work) {
        WorkQueue queue = WorkQueue.open(kafka, topic, topic + "-workers", work, publisher, GRACE, precondition);
        open.add(queue);
        return queue;
    }

    private void ask(String... values) throws InterruptedException {
        for (String value : values) {
            publisher.publishAndWait(new ProducerRecord<>(topic, "key", value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String text(Delivery delivery) {
        return new String(delivery.received().value(), StandardCharsets.UTF_8);
    }

    @Test
    void recordsAskedForBeforeTheFirstWorkerCameAreDoneOnceEachInOrder() throws Exception {
        ask("a", "b", "c");
        BlockingQueue<String> done = new LinkedBlockingQueue<>();

        take(delivery -> {
            done.add(text(delivery));
            return Work.End.DONE;
        });

        for (String each : List.of("a", "b", "c")) {
            assertThat(done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(each);
        }
    }

    /** One partition, and each of the workers holds a record at the same time. */
    @Test
    void anyNumberOfWorkersShareOnePartition() throws Exception {
        int workers = 4;
        CountDownLatch allAtWork = new CountDownLatch(workers);
        Set<String> done = ConcurrentHashMap.newKeySet();
        for (int worker = 0; worker < workers; worker++) {
            take(delivery -> {
                allAtWork.countDown();
                // nobody goes on before each has one
                assertThat(allAtWork.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                done.add(text(delivery));
                return Work.End.DONE;
            });
        }

        ask(IntStream.range(0, workers).mapToObj(Integer::toString).toArray(String[]::new));

        assertThat(allAtWork.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void workLongerThanTheLockIsGivenToNobodyElse() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        BlockingQueue<Boolean> lost = new LinkedBlockingQueue<>();
        Work slow = delivery -> {
            if (text(delivery).equals("slow")) {
                deliveries.incrementAndGet();
                new CountDownLatch(1).await(2 * TopicAdmin.LOCK.toMillis() + 3000, TimeUnit.MILLISECONDS);
            }
            lost.add(delivery.isLost());
            return Work.End.DONE;
        };
        take(slow);
        take(slow);

        ask("slow");

        assertThat(lost.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        // whoever could have it by now takes the next one instead
        ask("next", "next");
        assertThat(lost.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        assertThat(lost.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
        assertThat(deliveries).hasValue(1);
    }

    @Test
    void whatIsInWorkWhenAQueueClosesGoesToAnother() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        WorkQueue first = WorkQueue.open(
                kafka,
                topic,
                topic + "-workers",
                delivery -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return Work.End.DONE;
                },
                publisher,
                Duration.ZERO,
                WorkPrecondition.NONE);
        ask("a");
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        first.close();
        BlockingQueue<Integer> counts = new LinkedBlockingQueue<>();
        take(delivery -> {
            counts.add(delivery.count());
            return Work.End.DONE;
        });

        assertThat(counts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
    }

    /** Kafka would drop it after five deliveries. */
    @Test
    void aRecordLeftToOthersTenTimesIsThereForTheEleventh() throws Exception {
        AtomicInteger left = new AtomicInteger();
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        take(delivery -> {
            if (left.incrementAndGet() <= 10) {
                return Work.End.LEFT_TO_OTHERS;
            }
            done.add(text(delivery));
            return Work.End.DONE;
        });

        ask("a");

        assertThat(done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("a");
    }

    @Test
    @ResourceLock(LETTERS)
    void whatCanNeverBeWorkedOnIsALetterAndTheNextIsTaken() throws Exception {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        take(delivery -> {
            String text = text(delivery);
            if (text.startsWith("bad")) {
                throw new InvalidMessageException("it is " + text.substring(0, 3), null);
            }
            done.add(text);
            return Work.End.DONE;
        });

        ask("bad" + "x".repeat(1_500_000), "good");

        assertThat(done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("good");
        ConsumerRecord<String, byte[]> letter = letterOf(topic);
        assertThat(EventRecords.headerOf(letter, Topic.DEAD_LETTER_REASON_HEADER))
                .isEqualTo("it is bad");
        assertThat(EventRecords.headerOf(letter, Topic.DEAD_LETTER_OFFSET_HEADER))
                .isEqualTo("0");
        assertThat(EventRecords.headerOf(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isEqualTo("1500003");
        assertThat(letter.value()).hasSize(DeadLetterHandler.VALUE_LIMIT);
    }

    /** Kafka would drop it after five deliveries, and give it away after one lock. */
    @Test
    @ResourceLock(LETTERS)
    void aRecordWhoseLetterIsRefusedStaysWithItsHolderUntilTheLetterIsTaken() throws Exception {
        AtomicInteger triedBad = new AtomicInteger();
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        Work badOrSlow = delivery -> {
            String text = text(delivery);
            if (text.equals("bad")) {
                triedBad.incrementAndGet();
                throw new InvalidMessageException("it is bad", null);
            }
            new CountDownLatch(1).await(TopicAdmin.LOCK.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
            done.add(text);
            return Work.End.DONE;
        };
        // too little for any letter, however short
        letLettersBeAsLongAs(100);
        try {
            take(badOrSlow);
            take(badOrSlow);
            ask("bad", "slow", "slow");
            // a lock has run out by the first, two by the second: who does not hold the bad one could have it
            for (int slow = 1; slow <= 2; slow++) {
                assertThat(done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("slow");
            }
            assertThat(triedBad).hasValue(1);
        } finally {
            letLettersBeAsLongAs(1 << 20);
        }

        assertThat(EventRecords.headerOf(letterOf(topic), Topic.DEAD_LETTER_REASON_HEADER))
                .isEqualTo("it is bad");
        ask("next");
        String first = done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        while ("slow".equals(first)) {
            // a machine that stands still for longer than a lock has slow work done twice
            first = done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(first).isEqualTo("next");
        assertThat(triedBad).hasValue(1);
    }

    private void letLettersBeAsLongAs(int bytes) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            AlterConfigOp longest = new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topic.DEAD_LETTERS.topicName()),
                            List.of(longest)))
                    .all()
                    .get();
        }
    }

    /** Checkpoints are committed by transactions, whose ends are records, too. */
    @Test
    void whatWasCommittedIsDoneAndWhatWasAbortedIsNot() throws Exception {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        take(delivery -> {
            done.add(text(delivery));
            return Work.End.DONE;
        });
        Map<String, Object> settings = new HashMap<>(KafkaSettings.producer(kafka));
        settings.put("transactional.id", topic);
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 10_000);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (String value : List.of("first", "aborted", "second", "third")) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(topic, "key", value.getBytes(StandardCharsets.UTF_8)));
                if (value.equals("aborted")) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    assertThat(done.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                            .isEqualTo(value);
                }
            }
        }
    }

    private ConsumerRecord<String, byte[]> letterOf(String origin) {
        try (KafkaConsumer<String, byte[]> letters =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, Topic.DEAD_LETTERS.partitions())
                    .mapToObj(partition -> new TopicPartition(Topic.DEAD_LETTERS.topicName(), partition))
                    .toList();
            letters.assign(partitions);
            letters.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> letter : letters.poll(Duration.ofMillis(200))) {
                    if (origin.equals(EventRecords.headerOf(letter, Topic.DEAD_LETTER_TOPIC_HEADER))) {
                        return letter;
                    }
                }
            }
        }
        throw new AssertionError("no letter of " + origin);
    }

    @Test
    void aWorkerWhoseSurroundingsAreBrokenLeavesTheRecordAndGoesOn() throws Exception {
        AtomicInteger tried = new AtomicInteger();
        BlockingQueue<Integer> counts = new LinkedBlockingQueue<>();
        take(delivery -> {
            if (tried.incrementAndGet() == 1) {
                throw new IllegalStateException("the device is gone");
            }
            counts.add(delivery.count());
            return Work.End.DONE;
        });

        ask("a");

        assertThat(counts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
    }

    private static final class StoreAway extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;
    }

    /** The record that met the outage has used up one delivery, those that waited none, and none has gone behind another. */
    @Test
    void whileTheStoreIsAwayNoRecordIsTakenAndAllKeepTheirPlaces() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        CountDownLatch looks = new CountDownLatch(3);
        precondition = () -> {
            if (!away.get()) {
                return Optional.empty();
            }
            looks.countDown();
            return Optional.of("the store is away");
        };
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        ask("a", "b", "c");
        take(delivery -> {
            taken.add(text(delivery) + delivery.count());
            if (delivery.count() == 1 && text(delivery).equals("a")) {
                away.set(true);
                throw new StoreAway();
            }
            return Work.End.DONE;
        });

        assertThat(looks.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(taken).containsExactly("a1");
        away.set(false);

        for (String each : List.of("a1", "a2", "b1", "c1")) {
            assertThat(taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(each);
        }
    }
}
