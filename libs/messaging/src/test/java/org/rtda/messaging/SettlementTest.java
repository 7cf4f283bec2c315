package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.rtda.messaging.Settlement.Outcome;

/** Records at their last delivery, by a worker that may not publish them anew. */
class SettlementTest {
    private final AtomicInteger worked = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Delivery delivery = FailureKindTest.delivered(5);

    private Outcome settled(Work work) throws InterruptedException {
        Publisher readOnly = new RefusingBroker(any -> new TopicAuthorizationException("not allowed")).publisher();
        return new Settlement(work, readOnly, closing::get).settle(delivery);
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
}
