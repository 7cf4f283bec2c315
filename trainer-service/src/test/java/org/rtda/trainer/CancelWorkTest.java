package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.Event;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.Work;

class CancelWorkTest {
    private static final byte[] CANCEL = EventCodec.write(
            new ExperimentCommand.Cancel("e/cancel", Instant.EPOCH, Event.SCHEMA_VERSION, "e", List.of()));

    private final List<String> ended = new ArrayList<>();
    private final CancelWork work = new CancelWork(ended::add);

    private static Delivery delivery(int times, byte[] command) {
        return new Delivery(new ConsumerRecord<>(
                "experiments",
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                "e",
                command,
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) times)));
    }

    @Test
    void aCancelEndsItsExperiment() throws Exception {
        assertThat(work.on(delivery(4, CANCEL))).isEqualTo(Work.End.DONE);
        assertThat(ended).containsExactly("e");
    }

    /** It may wait for its trainer, and whoever dies meanwhile would take the cancel with it. */
    @Test
    void aCancelThatKafkaWouldNotDeliverAgainIsPublishedAnewFirst() throws Exception {
        assertThat(work.on(delivery(5, CANCEL))).isEqualTo(Work.End.LEFT_TO_OTHERS);
        assertThat(ended).isEmpty();
    }

    @Test
    void aTrainerThatIsStoppedMeanwhileLeavesTheCancelToOthers() throws Exception {
        CancelWork stopped = new CancelWork(experiment -> {
            throw new TrainingStoppedException("the trainer is shutting down");
        });

        assertThat(stopped.on(delivery(1, CANCEL))).isEqualTo(Work.End.LEFT_TO_OTHERS);
    }

    @Test
    void whatCannotBeReadIsNoneOfTheCancellersBusiness() throws Exception {
        assertThat(work.on(delivery(5, "no JSON".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Work.End.DONE);
        assertThat(ended).isEmpty();
    }
}
