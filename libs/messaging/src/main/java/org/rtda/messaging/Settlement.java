package org.rtda.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jboss.logging.Logger;

/**
 * Works on records and decides what becomes of each: done, left to another worker, published anew because Kafka would drop it, or buried
 * in the dead letters. What must be there before a record is let go is published here; {@link WorkQueue} lets it go.
 */
final class Settlement {
    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private final Work work;
    private final Publisher publisher;
    private final DeadLetterHandler deadLetters;
    private final BooleanSupplier closing;
    private final WorkPrecondition precondition;

    /**
     * @param closing whether its queue takes nothing any more
     * @param precondition whether what the work needs is there
     */
    Settlement(Work work, Publisher publisher, BooleanSupplier closing, WorkPrecondition precondition) {
        this.work = work;
        this.closing = closing;
        this.precondition = precondition;
        this.publisher = publisher;
        this.deadLetters = new DeadLetterHandler(publisher);
    }

    /** What is to become of a record, whose letter or successor is published by now. */
    enum Outcome {
        DONE,
        LEFT,
        /** Left, and this worker pauses. */
        LEFT_IN_TROUBLE,
        /** As that, and published anew: Kafka would deliver it once more at most. */
        ANEW_IN_TROUBLE,
        /** Kafka would deliver it once more at most, and this worker may not publish it anew, or every worker lacks what the work needs. */
        STILL_HELD
    }

    /**
     * Works on the record, more than once where it can neither be left nor published anew. On the thread of the work. A record that another
     * worker has by now is left to that one, and nothing is begun again while the queue is being closed, or before what every worker lacks
     * is there.
     */
    Outcome settle(Delivery delivery) throws InterruptedException {
        Outcome settled = settleOnce(delivery);
        for (Duration rest = Backoff.FIRST; settled == Outcome.STILL_HELD; rest = Backoff.longerThan(rest)) {
            delivery.keep();
            TimeUnit.MILLISECONDS.sleep(rest.toMillis());
            if (delivery.isLost()) {
                // after the last one Kafka gives it to nobody
                return delivery.isTheLastCounted() ? leftAtTheEnd(delivery) : Outcome.LEFT;
            }
            if (closing.getAsBoolean()) {
                return leftAtTheEnd(delivery);
            }
            if (!precondition.isMissingForAll()) {
                settled = settleOnce(delivery);
            }
        }
        return settled;
    }

    /** Works on the record and publishes what must be there before it is let go. */
    private Outcome settleOnce(Delivery delivery) throws InterruptedException {
        boolean trouble = false;
        try {
            if (work.on(delivery) == Work.End.DONE) {
                return Outcome.DONE;
            }
        } catch (RuntimeException | Error e) {
            if (delivery.isLeft()) {
                LOG.debugf(e, "%s: interrupted", delivery);
                return Outcome.LEFT;
            }
            // an error, of memory or native code: the record may be to blame, which its next deliveries will tell
            RuntimeException failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
            if (FailureKind.of(failure).isFinal(delivery)) {
                LOG.warnf("%s is refused: %s", delivery, failure.getMessage());
                return bury(delivery, failure);
            }
            if (work.keepsPlaces() && mustComeAnew(delivery) && precondition.isMissingForAll()) {
                // anew it would go behind all that wait, and fail there, too
                tell(delivery + " stays with this worker until what its work needs is there", failure);
                return Outcome.STILL_HELD;
            }
            tell(delivery + " is left to other workers; this one pauses", failure);
            trouble = true;
        }
        if (delivery.isLeft()) {
            // what becomes of it is decided where it was interrupted
            return Outcome.LEFT;
        }
        if (!mustComeAnew(delivery)) {
            return trouble ? Outcome.LEFT_IN_TROUBLE : Outcome.LEFT;
        }
        if (!publishedAnew(delivery)) {
            return Outcome.STILL_HELD;
        }
        return trouble ? Outcome.ANEW_IN_TROUBLE : Outcome.DONE;
    }

    /** Failures of the environment are logged without a stack trace. */
    private static void tell(String what, RuntimeException failure) {
        if (FailureKind.of(failure) == FailureKind.ENVIRONMENT) {
            LOG.warnf("%s: %s", what, FailureKind.why(failure));
            LOG.debug(what, failure);
        } else {
            LOG.warn(what, failure);
        }
    }

    /** Whether the record is in its topic again. It is not where this worker may read the topic only; another refusal is waited for. */
    private boolean publishedAnew(Delivery delivery) throws InterruptedException {
        try {
            publisher.publishAndWait(anew(delivery.received()));
        } catch (TopicAuthorizationException e) {
            LOG.warnf(
                    "%s: this worker goes on with it, since Kafka would deliver it once more at most and this worker may not publish it"
                            + " anew: %s",
                    delivery, e.getMessage());
            return false;
        } catch (KafkaException e) {
            publisher.publishUntilTaken(List.of(anew(delivery.received())), delivery + ", published anew");
        }
        return true;
    }

    /**
     * Publishes the dead letter. While the broker refuses it, the record stays here; but not one that Kafka would drop with its
     * next holder or the one after: it is published anew first, and held then.
     */
    private Outcome bury(Delivery delivery, RuntimeException reason) throws InterruptedException {
        if (!isNearItsLast(delivery)) {
            deadLetters.take(delivery.received(), reason);
        } else if (!deadLetters.offer(delivery.received(), reason)) {
            publisher.publishUntilTaken(List.of(anew(delivery.received())), delivery + ", published anew");
            return Outcome.ANEW_IN_TROUBLE;
        }
        return Outcome.DONE;
    }

    private static boolean isNearItsLast(Delivery delivery) {
        return delivery.count() >= Delivery.LIMIT - 1;
    }

    /** Of a record that is given back: its next holder would be the last, or there would be none. */
    private static boolean mustComeAnew(Delivery delivery) {
        return delivery.isTheLastCounted() || !delivery.isLost() && isNearItsLast(delivery);
    }

    /** Of a record whose work was interrupted, or not begun again, because the queue is closed. */
    Outcome leftAtTheEnd(Delivery delivery) throws InterruptedException {
        if (!mustComeAnew(delivery)) {
            return Outcome.LEFT;
        }
        try {
            publisher.publishAndWait(anew(delivery.received()));
            return Outcome.DONE;
        } catch (KafkaException e) {
            if (delivery.isTheLastCounted()) {
                LOG.errorf(
                        "%s: it could not be published anew (%s), and unless the broker allows more than %d deliveries Kafka will not"
                                + " deliver it again: what it asks for has to be asked for once more",
                        delivery, e.getMessage(), Delivery.LIMIT);
            } else {
                LOG.warnf(
                        "%s: Kafka will deliver it once more only, and it could not be published anew (%s)",
                        delivery, e.getMessage());
            }
            return Outcome.LEFT;
        }
    }

    /** The same record once more, so that its deliveries are counted from the beginning. */
    private static ProducerRecord<String, byte[]> anew(ConsumerRecord<String, byte[]> received) {
        return new ProducerRecord<>(received.topic(), null, received.key(), received.value(), received.headers());
    }
}
