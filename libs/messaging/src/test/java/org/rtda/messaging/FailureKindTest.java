package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.InvalidMessageException;

class FailureKindTest {
    private static final class StoreAway extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;
    }

    static Delivery delivered(int times) {
        return delivered(times, new RecordHeaders());
    }

    /** @param failures as the record's header says */
    static Delivery delivered(int times, String failures) {
        return delivered(
                times,
                new RecordHeaders().add(Topic.UNKNOWN_FAILURES_HEADER, failures.getBytes(StandardCharsets.UTF_8)));
    }

    private static Delivery delivered(int times, Headers headers) {
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
                headers,
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
        assertThat(unknown.isFinal(delivered(1, "1"))).isFalse();
        assertThat(unknown.isFinal(delivered(1, "2"))).isTrue();
    }

    /** Two outages and then a failure that nobody knows are one such failure. */
    @Test
    void deliveriesThatEndedOtherwiseDoNotCountAsUnknownFailures() {
        FailureKind unknown = FailureKind.of(new IllegalStateException("the device is gone"));
        for (int delivery = 1; delivery <= Delivery.LIMIT; delivery++) {
            assertThat(unknown.isFinal(delivered(delivery))).isFalse();
        }
    }

    @Test
    void aHeaderThatIsNoNumberOfFailuresCountsAsNone() {
        for (String nonsense : List.of("", "many", "-3", "99999999999")) {
            assertThat(delivered(1, nonsense).unknownFailures()).isZero();
        }
    }

    /** What an interrupt breaks may look like anybody's fault. */
    @Test
    void whatIsInterruptedSinceItsWorkerStopsIsNeverAnsweredWithTheFailure() {
        Delivery interrupted = delivered(3, "2");
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
