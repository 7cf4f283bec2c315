package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
    private static final String TOPIC = "followed";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final int PATIENCE_S = 60;

    private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());

    private static MockConsumer<String, byte[]> consumer(Runnable... polls) {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        prepare(consumer);
        for (Runnable poll : polls) {
            consumer.schedulePollTask(poll);
        }
        return consumer;
    }

    private static void prepare(MockConsumer<String, byte[]> consumer) {
        Node node = new Node(0, "broker", 9092);
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    private static Runnable records(MockConsumer<String, byte[]> consumer, long from, long to) {
        return () -> {
            for (long offset = from; offset < to; offset++) {
                consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "key", new byte[0]));
            }
        };
    }

    private void hear(ConsumerRecord<String, byte[]> received) {
        heard.add(received.offset());
    }

    /** What Kafka's clients do not try again by themselves, such as a permission that is missing for a while. */
    @Test
    void aConsumerThatFailsForGoodIsReplacedByOneThatGoesOnWhereItWas() throws Exception {
        MockConsumer<String, byte[]> first = consumer();
        first.schedulePollTask(records(first, 0, 3));
        first.schedulePollTask(() -> first.setPollException(new TopicAuthorizationException(TOPIC)));
        MockConsumer<String, byte[]> second = consumer();
        second.schedulePollTask(records(second, 3, 5));
        Iterator<MockConsumer<String, byte[]>> consumers =
                List.of(first, second).iterator();

        try (TopicFollower follower = TopicFollower.fromBeginning(Map.of(), consumers::next, TOPIC, this::hear)) {
            follower.received(0, 4).get(PATIENCE_S, TimeUnit.SECONDS);

            assertThat(heard).containsExactly(0L, 1L, 2L, 3L, 4L);
            assertThat(first.closed()).isTrue();
        }
    }

    @Test
    void aConsumerThatCannotEvenBeClosedIsReplacedToo() throws Exception {
        MockConsumer<String, byte[]> first = new MockConsumer<>("earliest") {
            @Override
            public void close(CloseOptions how) {
                throw new KafkaException("the network thread is gone");
            }
        };
        prepare(first);
        first.schedulePollTask(() -> first.setPollException(new KafkaException("the network thread is gone")));
        MockConsumer<String, byte[]> second = consumer();
        second.schedulePollTask(records(second, 0, 2));
        Iterator<MockConsumer<String, byte[]>> consumers =
                List.of(first, second).iterator();

        try (TopicFollower follower = TopicFollower.fromBeginning(Map.of(), consumers::next, TOPIC, this::hear)) {
            follower.received(0, 1).get(PATIENCE_S, TimeUnit.SECONDS);

            assertThat(heard).containsExactly(0L, 1L);
        }
    }

    @Test
    void aRecordIsReceivedWhenItsReceiverHasItAndNotBefore() throws Exception {
        MockConsumer<String, byte[]> only = consumer();
        CompletableFuture<Void> released = new CompletableFuture<>();
        only.schedulePollTask(records(only, 0, 2));
        try (TopicFollower follower = TopicFollower.fromBeginning(Map.of(), () -> only, TOPIC, received -> {
            if (received.offset() == 1) {
                released.join();
            }
            hear(received);
        })) {
            CompletableFuture<Void> second = follower.received(0, 1);
            assertThat(second).isNotDone();
            released.complete(null);
            second.get(PATIENCE_S, TimeUnit.SECONDS);
            assertThat(heard).containsExactly(0L, 1L);
        }
    }

    @Test
    void aReceiverThatThrowsMissesOneRecord() throws Exception {
        MockConsumer<String, byte[]> only = consumer();
        only.schedulePollTask(records(only, 0, 3));
        try (TopicFollower follower = TopicFollower.fromBeginning(Map.of(), () -> only, TOPIC, received -> {
            if (received.offset() == 1) {
                throw new IllegalArgumentException("it is bad");
            }
            hear(received);
        })) {
            follower.received(0, 2).get(PATIENCE_S, TimeUnit.SECONDS);
            assertThat(heard).containsExactly(0L, 2L);
        }
    }
}
