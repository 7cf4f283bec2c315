package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final ProducerRecord<String, byte[]> RECORD =
            new ProducerRecord<>("checkpoints", "key", new byte[] {1});

    /** Answers when it is told to. */
    private static final class SilentBroker extends MockProducer<String, byte[]> {
        private Callback told;

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, byte[]> published, Callback toTell) {
            told = toTell;
            return new CompletableFuture<>();
        }
    }

    @Test
    void aRecordWaitsFromWhenItIsSentUntilTheBrokerAnswers() {
        SilentBroker broker = new SilentBroker();
        Publisher publisher = new Publisher(broker, () -> 17);

        CompletableFuture<RecordMetadata> taken = publisher.publish(RECORD);
        assertThat(publisher.waiting()).containsExactly(new Publisher.Waiting("checkpoints", 17, null));
        broker.told.onCompletion(null, null);
        assertThat(taken).isCompleted();
        assertThat(publisher.waiting()).isEmpty();

        CompletableFuture<RecordMetadata> refused = publisher.publish(RECORD);
        broker.told.onCompletion(null, new KafkaException("no"));
        assertThat(refused).isCompletedExceptionally();
        assertThat(publisher.waiting()).isEmpty();
    }

    @Test
    void whatCanNeverSucceedFailsAtOnceInTheBrokersWords() {
        RecordTooLargeException tooLarge = new RecordTooLargeException("the message is 3 MiB, the limit is 2 MiB");
        assertThatThrownBy(
                        () -> new RefusingBroker(record -> tooLarge).publisher().publishAndWait(RECORD))
                .isSameAs(tooLarge);
        TopicAuthorizationException denied = new TopicAuthorizationException(Set.of("checkpoints"));
        assertThatThrownBy(
                        () -> new RefusingBroker(record -> denied).publisher().publishAndWait(RECORD))
                .isSameAs(denied);
    }

    @Test
    void whatNoOtherTryCanEndIsToldWithWhatToLookAt() {
        assertThat(Publisher.refusedForGood(new CompletionException(new RecordTooLargeException("3 MiB"))))
                .contains("3 MiB: does the broker have the limits of docs/deploy.md?");
        assertThat(Publisher.refusedForGood(new TopicAuthorizationException("not authorized")))
                .contains("not authorized: does this service's account have the permissions of docs/access.md?");
        assertThat(Publisher.refusedForGood(new KafkaException("closed"))).isEmpty();
        assertThat(Publisher.refusedForGood(null)).isEmpty();
    }

    @Test
    void aRecordOfAnotherProducerCountsFromItsFirstRefusalUntilItIsTaken() {
        long[] now = {3};
        Publisher publisher = new Publisher(new SilentBroker(), () -> now[0]);
        Object whose = new Object();

        publisher.refusedElsewhere(whose, "experiment-attempts", "no such topic");
        now[0] = 9;
        publisher.refusedElsewhere(whose, "experiment-attempts", "not authorized");
        assertThat(publisher.waiting())
                .containsExactly(new Publisher.Waiting("experiment-attempts", 3, "not authorized"));
        assertThat(publisher.recordsHeld()).isZero();

        publisher.takenElsewhere(whose);
        assertThat(publisher.waiting()).isEmpty();
    }
}
