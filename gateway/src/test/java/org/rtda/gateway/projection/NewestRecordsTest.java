package org.rtda.gateway.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class NewestRecordsTest {
    private long looks;
    private long nanos;
    private final NewestRecords records = new NewestRecords(
            () -> new NewestRecords.Found(Map.of(new TopicPartition("experiments", 0), ++looks), Map.of()),
            () -> nanos);

    @Test
    void theBrokerIsAskedOnceASecondHoweverManyAsk() {
        assertThat(records.find().offsets()).containsValue(1L);
        nanos += Duration.ofMillis(999).toNanos();
        assertThat(records.find().offsets()).containsValue(1L);
        nanos += Duration.ofMillis(1).toNanos();
        assertThat(records.find().offsets()).containsValue(2L);
    }
}
