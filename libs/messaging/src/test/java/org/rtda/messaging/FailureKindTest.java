package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.InvalidMessageException;

class FailureKindTest {
    private static final class StoreAway extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;
    }

    static Delivery delivered(int times) {
        return new Delivery(new ConsumerRecord<>(
                "work",
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                "k",
                new byte[0],
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) times)));
    }

    @Test
    void aRequestThatIsToBlameIsAnsweredAtOnce() {
        assertThat(FailureKind.of(new InvalidMessageException("no JSON", null)).isFinal(delivered(1)))
                .isTrue();
        assertThat(FailureKind.of(new InvalidFieldException("epsilon", "9", "in [0, 1]"))
                        .isFinal(delivered(1)))
                .isTrue();
    }

    @Test
    void surroundingsThatAreToBlameAreWaitedFor() {
        assertThat(FailureKind.of(new StoreAway()).isFinal(delivered(Delivery.LIMIT)))
                .isFalse();
    }

    @Test
    void afterThreeWorkersAnUnknownFailureIsTheRequestsOwn() {
        FailureKind unknown = FailureKind.of(new IllegalStateException("the device is gone"));
        assertThat(unknown.isFinal(delivered(1))).isFalse();
        assertThat(unknown.isFinal(delivered(2))).isFalse();
        assertThat(unknown.isFinal(delivered(3))).isTrue();
    }

    /** What an interrupt breaks may look like anybody's fault. */
    @Test
    void whatIsInterruptedSinceItsWorkerStopsIsNeverAnsweredWithTheFailure() {
        Delivery interrupted = delivered(3);
        interrupted.leave();

        assertThat(FailureKind.of(new IllegalStateException("interrupted while waiting for the engine"))
                        .isFinal(interrupted))
                .isFalse();
        assertThat(FailureKind.of(new InvalidMessageException("no JSON", null)).isFinal(interrupted))
                .isFalse();
    }

    @Test
    void aFailureIsToldInItsOwnWordsOrByItsName() {
        assertThat(FailureKind.why(new IllegalStateException("the device is gone")))
                .isEqualTo("the device is gone");
        assertThat(FailureKind.why(new NullPointerException(null))).isEqualTo("NullPointerException");
        assertThat(FailureKind.why(new OutOfMemoryError("Java heap space")))
                .isEqualTo("OutOfMemoryError: Java heap space");
        assertThat(FailureKind.why(new StackOverflowError())).isEqualTo("StackOverflowError");
    }

    @Test
    void theLastDeliveryThatKafkaAllowsIsTheFifth() {
        assertThat(delivered(4).isLast()).isFalse();
        assertThat(delivered(5).isLast()).isTrue();
        assertThat(delivered(5).givenUp()).startsWith("given to 4 workers before");
    }
}
