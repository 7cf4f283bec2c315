package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.messaging.Settlement.Outcome;

/** Records that are near their last delivery, where they cannot be published anew, or had better not be. */
class SettlementTest {
    private final AtomicInteger worked = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Delivery delivery = FailureKindTest.delivered(5);

    private Outcome settled(Work work) throws InterruptedException {
        Publisher readOnly = new RefusingBroker(any -> new TopicAuthorizationException("not allowed")).publisher();
        return new Settlement(work, readOnly, closing::get, WorkPrecondition.NONE).settle(delivery);
    }

    @Test
    void aRecordThatAnotherWorkerHasByNowIsLeftToThatOne() throws InterruptedException {
        Outcome outcome = settled(received -> {
            worked.incrementAndGet();
            delivery.lose();
            return Work.End.LEFT_TO_OTHERS;
        });

        assertThat(outcome).isEqualTo(Outcome.LEFT);
        assertThat(worked).hasValue(1);
    }

    @Test
    void nothingIsBegunAgainWhileTheQueueIsClosed() throws InterruptedException {
        Outcome outcome = settled(received -> {
            worked.incrementAndGet();
            closing.set(true);
            return Work.End.LEFT_TO_OTHERS;
        });

        assertThat(outcome).isEqualTo(Outcome.LEFT);
        assertThat(worked).hasValue(1);
    }

    @Test
    void elseItIsWorkedOnUntilItIsDone() throws InterruptedException {
        Outcome outcome = settled(received -> worked.incrementAndGet() == 1 ? Work.End.LEFT_TO_OTHERS : Work.End.DONE);

        assertThat(outcome).isEqualTo(Outcome.DONE);
        assertThat(worked).hasValue(2);
    }

    private static final class StoreAway extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;
    }

    /** A store that is away when the record is worked on first, and at the precondition's first look after that. */
    private final class AwayForAWhile implements WorkPrecondition {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Optional<String> missing() {
            return looks.incrementAndGet() <= 2 ? Optional.of("the store is away") : Optional.empty();
        }
    }

    private Work.End failsOnce(Delivery received) {
        if (worked.incrementAndGet() == 1) {
            throw new StoreAway();
        }
        return Work.End.DONE;
    }

    private final RefusingBroker broker = new RefusingBroker(any -> null);

    private Outcome settled(int count, WorkPrecondition precondition) throws InterruptedException {
        return settled(Work.keepingPlaces(this::failsOnce), count, precondition);
    }

    private Outcome settled(Work work, int count, WorkPrecondition precondition) throws InterruptedException {
        return new Settlement(work, broker.publisher(), closing::get, precondition)
                .settle(FailureKindTest.delivered(count));
    }

    /** Its fifth holder would give it up, though nothing but the store has failed. */
    @Test
    void aRecordWithoutAPlaceToKeepIsPublishedAnewAtItsFourthOutage() throws InterruptedException {
        assertThat(settled(this::failsOnce, 4, new AwayForAWhile())).isEqualTo(Outcome.ANEW_IN_TROUBLE);
        assertThat(worked).hasValue(1);
        assertThat(broker.taken()).hasSize(1);
    }

    /** Kafka drops a record whose lock runs out at its last delivery. */
    @Test
    void aRecordWhoseLockRunsOutWhileItIsHeldAtItsLastDeliveryIsPublishedAnew() throws InterruptedException {
        Delivery last = FailureKindTest.delivered(5);
        Work losing = Work.keepingPlaces(received -> {
            last.lose();
            throw new StoreAway();
        });

        assertThat(new Settlement(losing, broker.publisher(), closing::get, new AwayForAWhile()).settle(last))
                .isEqualTo(Outcome.DONE);
        assertThat(broker.taken()).hasSize(1);
    }

    /** Published anew, a run that has trained for hours would wait behind all that were submitted after it. */
    @Test
    void aRecordThatMetItsFourthOutageKeepsItsPlaceAndIsWorkedOnWhenTheStoreIsBack() throws InterruptedException {
        assertThat(settled(4, new AwayForAWhile())).isEqualTo(Outcome.DONE);
        assertThat(worked).hasValue(2);
        assertThat(broker.taken()).isEmpty();
    }

    /** Up to the third outage Kafka itself keeps its place: 1, 2 and 3 deliveries of 5 are used up, and the fourth is no last one. */
    @Test
    void untilThenItIsGivenBack() throws InterruptedException {
        for (int count = 1; count <= 3; count++) {
            worked.set(0);
            assertThat(settled(count, new AwayForAWhile())).isEqualTo(Outcome.LEFT_IN_TROUBLE);
            assertThat(worked).hasValue(1);
        }
        assertThat(broker.taken()).isEmpty();
    }

    /** Every other worker could do it meanwhile. */
    @Test
    void aRecordThatFailsOnTheFourthSickDeviceIsPublishedAnew() throws InterruptedException {
        WorkPrecondition sickDevice = new WorkPrecondition() {
            @Override
            public Optional<String> missing() {
                return Optional.of("the device does not compute");
            }

            @Override
            public boolean isMissingForAll() {
                return false;
            }
        };
        assertThat(settled(4, sickDevice)).isEqualTo(Outcome.ANEW_IN_TROUBLE);
        assertThat(broker.taken()).hasSize(1);
    }

    /** Given back at its fourth delivery, its next holder would give it up. */
    @Test
    void aWorkerThatIsStoppedWhileTheStoreIsAwayPublishesTheRecordAnew() throws InterruptedException {
        closing.set(true);
        assertThat(settled(4, new AwayForAWhile())).isEqualTo(Outcome.DONE);
        assertThat(worked).hasValue(1);
        assertThat(broker.taken()).hasSize(1);
    }
}
