package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.EnvironmentFailure;

class WorkQueueTest {
    private final ScriptedShareConsumer broker = new ScriptedShareConsumer();
    private final AtomicReference<WorkQueue> queue = new AtomicReference<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private WorkPrecondition precondition = WorkPrecondition.NONE;

    private static final class StoreAway extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;
    }

    private void open(Work work, RefusingBroker published) {
        queue.set(WorkQueue.open("work", work, published.publisher(), broker::consumer, Duration.ZERO, precondition));
        opened.countDown();
    }

    private WorkQueue queue() {
        try {
            opened.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return queue.get();
    }

    /** The queue is closed while the record comes, and the work ends only by the interrupt, in words of its own. */
    private RefusingBroker stoppedOverTheRecord(int delivery, RefusingBroker published) throws Exception {
        Thread closing = new Thread(() -> queue().close());
        broker.then(() -> {
            queue();
            closing.start();
            broker.awaitWoken();
            return List.of(FailureKindTest.delivered(delivery).received());
        });
        open(
                received -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("interrupted while waiting for the engine", e);
                    }
                    throw new AssertionError("not interrupted");
                },
                published);
        // it has begun to close by then
        broker.awaitWoken();
        closing.join();
        return published;
    }

    private RefusingBroker stoppedOverTheRecord(int delivery) throws Exception {
        return stoppedOverTheRecord(delivery, new RefusingBroker(any -> null));
    }

    /** A failure that nobody knows is the record's own at its third delivery, but for one that the stop has made. */
    @Test
    void workThatIsInterruptedAtItsThirdDeliveryIsGivenBackAndNoLetterIsWritten() throws Exception {
        assertThat(stoppedOverTheRecord(3).taken()).isEmpty();
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.RELEASE);
    }

    /** Four stops are no four deaths: whoever is given the record for the fifth time would give it up. */
    @Test
    void workThatIsInterruptedAtItsFourthDeliveryIsPublishedAnewAsItWas() throws Exception {
        assertThat(stoppedOverTheRecord(4).taken())
                .extracting(ProducerRecord::topic, ProducerRecord::key)
                .containsExactly(tuple("work", "k"));
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.ACCEPT);
    }

    @Test
    void workThatIsInterruptedAtItsFourthDeliveryIsGivenBackWhereTheBrokerTakesNoOther() throws Exception {
        stoppedOverTheRecord(4, new RefusingBroker(any -> new TopicAuthorizationException("not allowed")));
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.RELEASE);
    }

    /** As a trainer does: a record that will not come again it leaves, to be published anew. */
    @Test
    void aRecordAtItsLastDeliveryIsWorkedOnWhereItMayNotBePublishedAnew() {
        AtomicInteger worked = new AtomicInteger();
        RefusingBroker published = new RefusingBroker(any -> new TopicAuthorizationException("not allowed"));
        broker.then(() -> List.of(FailureKindTest.delivered(5).received()));
        open(
                received -> {
                    if (received.isLast()) {
                        return Work.End.LEFT_TO_OTHERS;
                    }
                    worked.incrementAndGet();
                    return Work.End.DONE;
                },
                published);
        broker.awaitEnd();
        queue().close();

        assertThat(worked).hasValue(1);
        assertThat(published.taken()).isEmpty();
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.ACCEPT);
    }

    /** Given back it would be given out for the last time; and a worker may be allowed to read its topic only. */
    @Test
    void aRecordThatIsNearItsLastDeliveryIsWorkedOnAgainWhereItMayNotBePublishedAnew() {
        AtomicInteger worked = new AtomicInteger();
        RefusingBroker published = new RefusingBroker(any -> new TopicAuthorizationException("not allowed"));
        broker.then(() -> List.of(FailureKindTest.delivered(4).received()));
        open(
                received -> {
                    if (worked.incrementAndGet() == 1) {
                        throw new StoreAway();
                    }
                    return Work.End.DONE;
                },
                published);
        broker.awaitEnd();
        queue().close();

        assertThat(worked).hasValue(2);
        assertThat(published.taken()).isEmpty();
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.ACCEPT);
    }

    @Test
    void aWorkerNoLongerPausesOnceNothingThatFailedWaitsForIt() {
        AtomicInteger worked = new AtomicInteger();
        AtomicReference<Duration> afterFailure = new AtomicReference<>();
        AtomicReference<Duration> afterNothing = new AtomicReference<>();
        broker.then(() -> List.of(FailureKindTest.delivered(1).received()))
                .then(() -> {
                    afterFailure.set(queue().pausing());
                    return List.of();
                })
                .then(() -> {
                    afterNothing.set(queue().pausing());
                    return List.of();
                });
        open(
                received -> {
                    worked.incrementAndGet();
                    throw new StoreAway();
                },
                new RefusingBroker(any -> null));
        broker.awaitEnd();
        queue().close();

        assertThat(worked).hasValue(1);
        assertThat(afterFailure.get()).isEqualTo(Duration.ofSeconds(1));
        assertThat(afterNothing.get()).isZero();
    }

    /** Its first record fails for want of the store, which answers again when it has been asked for twice. */
    @Test
    void nothingIsPolledWhileThePreconditionIsNotMetAndTheFirstPollAfterwardsIsNotDelayed() {
        AtomicBoolean away = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        precondition = () -> {
            if (away.get() && looks.incrementAndGet() == 3) {
                away.set(false);
            }
            return away.get() ? Optional.of("the store is away") : Optional.empty();
        };
        List<Boolean> polledWhileAway = new CopyOnWriteArrayList<>();
        List<Integer> counts = new CopyOnWriteArrayList<>();
        AtomicReference<Duration> pauseAfterwards = new AtomicReference<>();
        for (int delivery = 1; delivery <= 2; delivery++) {
            int count = delivery;
            broker.then(() -> {
                polledWhileAway.add(away.get());
                pauseAfterwards.set(queue().pausing());
                return List.of(FailureKindTest.delivered(count).received());
            });
        }
        open(
                received -> {
                    counts.add(received.count());
                    if (received.count() == 1) {
                        away.set(true);
                        throw new StoreAway();
                    }
                    return Work.End.DONE;
                },
                new RefusingBroker(any -> null));
        broker.awaitEnd();
        queue().close();

        assertThat(looks).hasValue(3);
        assertThat(counts).containsExactly(1, 2);
        assertThat(polledWhileAway).containsExactly(false, false);
        assertThat(pauseAfterwards.get()).isZero();
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.RELEASE, AcknowledgeType.ACCEPT);
    }

    /** With the record's lock the consumer is of no use, and without a broker it would compute without a pause. The work goes on. */
    @Test
    void aConsumerThatHasLostTheRecordInHandIsClosedWhileTheWorkGoesOn() {
        AtomicInteger worked = new AtomicInteger();
        broker.thatConfirmsNothing()
                .then(() -> List.of(FailureKindTest.delivered(1).received()));
        open(
                received -> {
                    broker.awaitClosed();
                    worked.incrementAndGet();
                    return Work.End.DONE;
                },
                new RefusingBroker(any -> null));
        broker.awaitEnd();
        queue().close();

        assertThat(worked).hasValue(1);
        assertThat(broker.acknowledged()).containsExactly(AcknowledgeType.RENEW);
    }

    /**
     * With another version of the client, look whether an idle share consumer still computes without a pause while no broker answers
     * (KAFKA-20253). If it does not, a queue may keep its consumers then.
     */
    @Test
    void theClientIsTheOneWhoseConsumersComputeWithoutABroker() {
        assertThat(AppInfoParser.getVersion()).isEqualTo("4.2.1");
    }
}
