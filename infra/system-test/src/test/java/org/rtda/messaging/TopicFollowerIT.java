package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.testkit.LocalStack;

class TopicFollowerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
    private final String topic = "followed-" + UUID.randomUUID();

    /** An installation keeps the partitions that it has, and answers may come on any of them. */
    @Test
    void everyPartitionThatTheBrokerHasIsFollowed() throws Exception {
        int partitions = 12;
        TopicAdmin.ensure(
                LocalStack.shared().bootstrapServers(),
                Duration.ofSeconds(30),
                List.of(new TopicPlan.Wanted(topic, partitions, Map.of())),
                List.of());
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (Publisher publisher = new Publisher(kafka)) {
            publisher.publishAndWait(new ProducerRecord<>(topic, 3, "key", new byte[1]));
            try (TopicFollower follower =
                    TopicFollower.fromBeginning(kafka, topic, received -> heard.add(received.partition()))) {
                follower.awaitCaughtUp();
                assertThat(heard).containsExactly(3);
                publisher.publishAndWait(new ProducerRecord<>(topic, partitions - 1, "key", new byte[1]));
                follower.awaitCaughtUp();
            }
        }
        assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(partitions - 1);
    }
}
