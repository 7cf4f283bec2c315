package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ThrottledOnLongPollsTest {
    private static final TopicPartition PARTITION = new TopicPartition("attack-requests", 7);

    private final List<String> calls = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private Uni<Set<TopicPartition>> pausing = Uni.createFrom().item(Set.of(PARTITION));

    @Test
    void nothingIsAskedOfTheConsumerBeforeTheFirstRecordOfAPartition() {
        Map<?, ?> committed = ThrottledOnLongPolls.withoutCommittedOffsets(consumer())
                .committed(PARTITION)
                .await()
                .indefinitely();

        assertThat(committed).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void everythingElseIsTheConsumersAffair() {
        KafkaConsumer<?, ?> wrapped = ThrottledOnLongPolls.withoutCommittedOffsets(consumer());

        assertThat(wrapped.pause().await().indefinitely()).containsExactly(PARTITION);
        assertThatThrownBy(wrapped::configuration).hasMessage("configuration");
    }

    @Test
    void aClosingChannelEndsItsPollTakesNoMoreRecordsAndThenWaitsForThoseItHas() {
        handler().terminate(false);

        assertThat(calls).containsExactly("unwrap", "pause", "runOnPollingThread", "terminate true");
    }

    @Test
    void aWakeupThatMetNoPollDoesNotEndTheLastCommit() {
        kafka.assign(List.of(PARTITION));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));

        handler().terminate(false);

        // a consumer that is still to be woken would throw
        assertThat(kafka.poll(Duration.ZERO)).isEmpty();
    }

    @Test
    void aConsumerThatCannotBePausedIsClosedAllTheSame() {
        pausing = Uni.createFrom().failure(new IllegalStateException("closed already"));

        handler().terminate(false);

        assertThat(calls).containsExactly("unwrap", "pause", "terminate true");
    }

    private ThrottledOnLongPolls.Handler handler() {
        KafkaCommitHandler throttled = new KafkaCommitHandler() {
            @Override
            public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
                return Uni.createFrom().voidItem();
            }

            @Override
            public void terminate(boolean graceful) {
                calls.add("terminate " + graceful);
            }
        };
        return new ThrottledOnLongPolls.Handler(throttled, consumer());
    }

    private KafkaConsumer<?, ?> consumer() {
        return (KafkaConsumer<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KafkaConsumer.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return switch (method.getName()) {
                        case "unwrap" -> kafka;
                        case "pause" -> pausing;
                        case "runOnPollingThread" -> onPollingThread(arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    @SuppressWarnings("unchecked")
    private Uni<Void> onPollingThread(Object action) {
        return Uni.createFrom()
                .item(kafka)
                .invoke((java.util.function.Consumer<Object>) action)
                .replaceWithVoid();
    }
}
