package org.rtda.gateway.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.Topic;
import org.rtda.gateway.database.Reading;
import org.rtda.gateway.view.ViewEvents;

class RecordReaderTest {
    private final ViewEvents events = new ViewEvents("exp-1");

    private static ConsumerRecord<byte[], byte[]> of(Topic topic, long offset, byte[] value) {
        return new ConsumerRecord<>(topic.topicName(), 0, offset, bytes("key"), value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRecordThatDoesNotParseIsRefusedWithTheReason() {
        List<byte[]> rubbish = List.of(
                bytes("{"),
                bytes("null"),
                new byte[0],
                bytes("{\"type\":\"unheard\"}"),
                bytes("{\"type\":\"submit\",\"experimentId\":\"exp-1\"}"),
                bytes("[]"));
        for (byte[] value : rubbish) {
            assertThat(RecordReader.read(of(Topic.EXPERIMENTS, 3, value)))
                    .isInstanceOfSatisfying(Reading.Refused.class, refused -> {
                        assertThat(refused.origin()).isEqualTo("experiments/0/3");
                        assertThat(refused.reason()).isNotBlank();
                    });
        }
        assertThat(RecordReader.read(of(Topic.EXPERIMENTS, 6, null))).isInstanceOf(Reading.Refused.class);
        assertThat(RecordReader.read(of(Topic.EXPERIMENTS, 7, EventCodec.write(events.submit()))))
                .isEqualTo(new Reading.Happened("experiments/0/7", events.submit()));
    }

    @Test
    void anAttemptThatNobodyCanReadIsRefusedAndOneThatCanBeReadIsNoPartOfTheReadModel() {
        ExperimentAttempt attempt =
                new ExperimentAttempt("exp-1/1/BEGUN", Instant.EPOCH, 1, "exp-1", 1, "trainer", Phase.BEGUN, 0, null);

        assertThat(RecordReader.read(of(Topic.EXPERIMENT_ATTEMPTS, 0, EventCodec.write(attempt))))
                .isEqualTo(new Reading.Nothing("experiment-attempts/0/0"));
        assertThat(RecordReader.read(of(Topic.EXPERIMENT_ATTEMPTS, 1, bytes("rubbish"))))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void aMessageThatNoRowHoldsIsRefusedAndNotTriedForEver() {
        assertThat(RecordReader.read(of(Topic.EXPERIMENTS, 1, bytes(" ".repeat(1_000_001)))))
                .isEqualTo(new Reading.Refused(
                        "experiments/0/1", "a message may have at most 1000000 bytes, has 1000001"));
    }

    @Test
    void aForeignDeadLetterWithoutHeadersIsALetterOfItsOwn() {
        assertThat(RecordReader.read(of(Topic.DEAD_LETTERS, 1, null)))
                .isInstanceOfSatisfying(Reading.Letter.class, letter -> {
                    assertThat(letter.letter().reason()).isEqualTo("no reason given");
                    assertThat(letter.letter().origin()).isNull();
                });
    }
}
