package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;

class AnswersFromNowOnTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.ADVERSARIAL_BATCHES.topicName(), 3);

    private final AnswersFromNowOn answers = new AnswersFromNowOn();

    @Test
    void whatWasThereBeforeTheFirstConnectionIsNotRead() {
        assertThat(positionAfterConnecting(40)).isEqualTo(40);
    }

    @Test
    void afterALostConnectionItGoesOnBehindTheLastAnswerThatWasDealtWith() {
        positionAfterConnecting(40);
        answers.passed(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 41, "request", new byte[0]));

        assertThat(positionAfterConnecting(50)).isEqualTo(42);
    }

    @Test
    void anAnswerThatCameWhileTheConnectionWasLostIsReadEvenIfItIsTheFirst() {
        positionAfterConnecting(40);

        assertThat(positionAfterConnecting(50)).isEqualTo(40);
    }

    private long positionAfterConnecting(long end) {
        try (MockConsumer<String, byte[]> consumer = new MockConsumer<>("latest")) {
            consumer.assign(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            consumer.updateEndOffsets(Map.of(PARTITION, end));
            answers.onPartitionsAssigned(consumer, List.of(PARTITION));
            return consumer.position(PARTITION);
        }
    }
}
