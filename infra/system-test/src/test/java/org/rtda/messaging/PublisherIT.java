package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.rtda.testkit.LocalStack;

class PublisherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
    private final String topic = "published-" + UUID.randomUUID();

    @Test
    void aRecordOfATopicThatIsNotThereWaitsWithThatCauseAndIsTakenOnceTheTopicIs() throws Exception {
        long[] now = {0};
        try (Publisher publisher = new Publisher(kafka);
                TopicQuestion topics = new TopicQuestion(kafka)) {
            CompletableFuture<RecordMetadata> taken = CompletableFuture.supplyAsync(() -> {
                try {
                    return publisher.publishAndWait(new ProducerRecord<>(topic, "key", new byte[1]));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (publisher.waiting().isEmpty()) {
                Thread.onSpinWait();
            }
            PublishWatch watch =
                    new PublishWatch(publisher::waiting, () -> Duration.ZERO, topics::whyNot, () -> now[0], topics);
            now[0] = publisher.waiting().get(0).sinceNanos() + PublishWatch.LIMIT.toNanos();
            watch.look();
            assertThat(watch.longest()).isEqualTo(PublishWatch.LIMIT);
            assertThat(watch.causes()).isEqualTo(Map.of(topic, "the broker has no topic of this name"));

            TopicAdmin.ensure(
                    LocalStack.shared().bootstrapServers(),
                    Duration.ofSeconds(30),
                    List.of(new TopicPlan.Wanted(topic, 1, Map.of())),
                    List.of());
            assertThat(taken.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).topic())
                    .isEqualTo(topic);
            watch.look();
            assertThat(watch.causes()).isEmpty();
        }
    }

    /** The client refuses what is longer than it sends at all, the broker what is longer than the topic takes. */
    @Test
    void aRecordThatIsTooLargeForClientOrTopicFailsAtOnce() {
        TopicAdmin.ensure(
                LocalStack.shared().bootstrapServers(),
                Duration.ofSeconds(30),
                List.of(new TopicPlan.Wanted(topic, 1, Map.of("max.message.bytes", "1000"))),
                List.of());
        try (Publisher publisher = new Publisher(kafka)) {
            for (int bytes : new int[] {2_000, 3_000_000}) {
                assertThatThrownBy(() -> publisher.publishAndWait(new ProducerRecord<>(topic, "key", new byte[bytes])))
                        .isInstanceOf(RecordTooLargeException.class);
            }
            assertThat(publisher.waiting()).isEmpty();
        }
    }
}
