package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;

class DeadLetterOfficeTest {
    private static final InvalidMessageException REASON = new InvalidMessageException("no JSON", null);

    private static ConsumerRecord<String, byte[]> refused(String key, byte[] value) {
        ConsumerRecord<String, byte[]> refused = new ConsumerRecord<>("attack-requests", 0, 41, key, value);
        refused.headers().add(Topic.EXPERIMENT_HEADER, "e".getBytes(StandardCharsets.UTF_8));
        return refused;
    }

    private static String header(ProducerRecord<String, byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aLetterIsTheRecordAsItCameWithTheReasonAndWhereItWas() {
        ProducerRecord<String, byte[]> letter = DeadLetterOffice.letter(refused("k", new byte[] {1, 2}), REASON);

        assertThat(letter.topic()).isEqualTo("dead-letters");
        assertThat(letter.key()).isEqualTo("k");
        assertThat(letter.value()).containsExactly(1, 2);
        assertThat(header(letter, Topic.EXPERIMENT_HEADER)).isEqualTo("e");
        assertThat(header(letter, Topic.DEAD_LETTER_REASON_HEADER)).isEqualTo("no JSON");
        assertThat(header(letter, Topic.DEAD_LETTER_TOPIC_HEADER)).isEqualTo("attack-requests");
        assertThat(header(letter, Topic.DEAD_LETTER_PARTITION_HEADER)).isEqualTo("0");
        assertThat(header(letter, Topic.DEAD_LETTER_OFFSET_HEADER)).isEqualTo("41");
        assertThat(header(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isNull();
    }

    /** A producer takes 1 MiB unless it is told otherwise. */
    @Test
    void aValueThatIsTooLongForALetterIsCutAndItsLengthIsTold() {
        byte[] value = new byte[DeadLetterOffice.VALUE_LIMIT + 1];
        value[DeadLetterOffice.VALUE_LIMIT - 1] = 9;
        ProducerRecord<String, byte[]> letter = DeadLetterOffice.letter(refused("k", value), REASON);

        assertThat(letter.value()).hasSize(DeadLetterOffice.VALUE_LIMIT).endsWith(9);
        assertThat(header(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isEqualTo("786433");
    }

    @Test
    void aRecordWithoutKeyOrValueHasALetterToo() {
        ProducerRecord<String, byte[]> letter = DeadLetterOffice.letter(refused(null, null), REASON);

        assertThat(letter.key()).isEqualTo("attack-requests/0/41");
        assertThat(letter.value()).isNull();
    }
}
