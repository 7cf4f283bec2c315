package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;

class DeadLetterHandlerTest {
    private static final InvalidMessageException REASON = new InvalidMessageException("no JSON", null);

    private static ConsumerRecord<String, byte[]> refused(String key, byte[] value) {
        ConsumerRecord<String, byte[]> refused = new ConsumerRecord<>("experiments", 0, 41, key, value);
        refused.headers().add(Topic.EXPERIMENT_HEADER, "e".getBytes(StandardCharsets.UTF_8));
        return refused;
    }

    private static ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> refused) {
        return DeadLetterHandler.letters(refused, REASON.getMessage()).get(0);
    }

    private static DeadLetterHandler beside(Publisher publisher) {
        return new DeadLetterHandler(publisher, Runnable::run);
    }

    private static String header(ProducerRecord<String, byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aLetterIsTheRecordAsItCameWithTheReasonAndWhereItWas() {
        ProducerRecord<String, byte[]> letter = letter(refused("k", new byte[] {1, 2}));

        assertThat(letter.topic()).isEqualTo("dead-letters");
        assertThat(letter.key()).isEqualTo("k");
        assertThat(letter.value()).containsExactly(1, 2);
        assertThat(header(letter, Topic.EXPERIMENT_HEADER)).isEqualTo("e");
        assertThat(header(letter, Topic.DEAD_LETTER_REASON_HEADER)).isEqualTo("no JSON");
        assertThat(header(letter, Topic.DEAD_LETTER_TOPIC_HEADER)).isEqualTo("experiments");
        assertThat(header(letter, Topic.DEAD_LETTER_PARTITION_HEADER)).isEqualTo("0");
        assertThat(header(letter, Topic.DEAD_LETTER_OFFSET_HEADER)).isEqualTo("41");
        assertThat(header(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isNull();
    }

    /** By which whoever sent the record knows a letter that was made of it. The sum of bytes 1 and 2 is sha256sum's. */
    @Test
    void aLetterHasTheSumOfTheWholeValueAlsoWhereItHoldsNothingOfIt() {
        String sum = "a12871fee210fb8619291eaea194581cbd2531e4b23759d225f6806923f63222";
        ConsumerRecord<String, byte[]> request =
                new ConsumerRecord<>(Topic.ATTACK_REQUESTS.topicName(), 0, 41, "k", new byte[] {1, 2});

        assertThat(header(letter(refused("k", new byte[] {1, 2})), Topic.DEAD_LETTER_SHA256_HEADER))
                .isEqualTo(sum);
        assertThat(DeadLetterHandler.letters(request, "no JSON"))
                .extracting(letter -> header(letter, Topic.DEAD_LETTER_SHA256_HEADER))
                .containsExactly(sum);
        assertThat(letter(refused("k", null)).headers().lastHeader(Topic.DEAD_LETTER_SHA256_HEADER))
                .isNull();
    }

    /** Letters stay, and whoever removes patients' images must not have to look for them here. */
    @Test
    void aLetterHoldsNothingOfARecordThatMayHoldImages() {
        for (Topic topic : List.of(
                Topic.AUGMENT_REQUESTS,
                Topic.ATTACK_REQUESTS,
                Topic.EVALUATION_ATTACK_REQUESTS,
                Topic.NAMED_EVALUATION_ATTACK_REQUESTS,
                Topic.AUGMENTED_BATCHES,
                Topic.ADVERSARIAL_BATCHES)) {
            List<ProducerRecord<String, byte[]>> letters = DeadLetterHandler.letters(
                    new ConsumerRecord<>(topic.topicName(), 0, 41, "k", new byte[] {1, 2, 3}), "no JSON");

            assertThat(letters).as(topic.topicName()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEmpty();
                assertThat(header(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isEqualTo("3");
            });
        }
    }

    /** A producer takes 1 MiB unless it is told otherwise. */
    @Test
    void aValueThatIsTooLongForALetterIsCutAndItsLengthIsTold() {
        byte[] value = new byte[DeadLetterHandler.VALUE_LIMIT + 1];
        value[DeadLetterHandler.VALUE_LIMIT - 1] = 9;
        ProducerRecord<String, byte[]> letter = letter(refused("k", value));

        assertThat(letter.value()).hasSize(DeadLetterHandler.VALUE_LIMIT).endsWith(9);
        assertThat(header(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isEqualTo("786433");
    }

    @Test
    void aRecordWithoutKeyOrValueHasALetterToo() {
        ProducerRecord<String, byte[]> letter = letter(refused(null, null));

        assertThat(letter.key()).isEqualTo("experiments/0/41");
        assertThat(letter.value()).isNull();
    }

    /** Another system may write headers in its own way. */
    @Test
    void aRecordWhoseHeaderHasNoValueHasALetterWithoutThatHeader() {
        ConsumerRecord<String, byte[]> refused = new ConsumerRecord<>("experiments", 0, 41, "k", new byte[] {1});
        refused.headers().add(Topic.EXPERIMENT_HEADER, (byte[]) null);
        ProducerRecord<String, byte[]> letter = letter(refused);

        assertThat(letter.headers().lastHeader(Topic.EXPERIMENT_HEADER)).isNull();
        assertThat(header(letter, Topic.DEAD_LETTER_OFFSET_HEADER)).isEqualTo("41");
    }

    /** A key, a reason or an experiment's name may be as long as a record, too. */
    @Test
    void aLetterIsShorterThanOneMebibyteWhateverTheRecordWas() {
        ConsumerRecord<String, byte[]> refused = refused("k".repeat(1_500_000), new byte[1_500_000]);
        refused.headers().add(Topic.EXPERIMENT_HEADER, "e".repeat(1_500_000).getBytes(StandardCharsets.UTF_8));
        refused.headers().add("of-another-system", new byte[1_500_000]);
        ProducerRecord<String, byte[]> letter =
                DeadLetterHandler.letters(refused, "r".repeat(1_500_000)).get(0);

        assertThat(letter.key()).isEqualTo("experiments/0/41");
        assertThat(header(letter, Topic.EXPERIMENT_HEADER)).hasSize(4096);
        assertThat(header(letter, Topic.DEAD_LETTER_REASON_HEADER)).hasSize(4096);
        assertThat(letter.headers().lastHeader("of-another-system")).isNull();
        assertThat(letter.value()).hasSize(786_432);
    }

    @Test
    void aLetterThatTheBrokerRefusesAsTooLongIsCutUntilItTakesIt() throws Exception {
        RefusingBroker broker = new RefusingBroker(
                letter -> letter.value().length > 5_000 ? new RecordTooLargeException("over 5000") : null);
        new DeadLetterHandler(broker.publisher()).take(refused("k", new byte[1_500_000]), REASON);
        beside(broker.publisher()).send(refused("followed", new byte[1_500_000]), REASON);

        assertThat(broker.taken()).extracting(ProducerRecord::key).containsExactly("k", "followed");
        assertThat(broker.taken()).allSatisfy(letter -> {
            assertThat(letter.value()).hasSize(4096);
            assertThat(header(letter, Topic.DEAD_LETTER_SIZE_HEADER)).isEqualTo("1500000");
        });
    }

    /** That thread empties the producer's buffer, which may be full. */
    @Test
    void theShorterLetterIsNotSentOnTheThreadThatTellsOfTheRefusal() {
        RefusingBroker broker = new RefusingBroker(
                letter -> letter.value().length > 100_000 ? new RecordTooLargeException("over 100000") : null);
        List<Runnable> later = new ArrayList<>();
        new DeadLetterHandler(broker.publisher(), later::add).send(refused("followed", new byte[1_500_000]), REASON);

        assertThat(broker.taken()).isEmpty();
        assertThat(later).hasSize(1);
        later.get(0).run();
        assertThat(broker.taken()).singleElement().satisfies(letter -> assertThat(letter.value())
                .hasSize(65_536));
    }

    @Test
    void aLetterThatIsRefusedForAnotherReasonIsSentAgainUntilItIsTaken() throws Exception {
        AtomicInteger tried = new AtomicInteger();
        RefusingBroker broker = new RefusingBroker(
                letter -> tried.incrementAndGet() < 3 ? new TopicAuthorizationException("not allowed") : null);
        new DeadLetterHandler(broker.publisher()).take(refused("k", new byte[] {1}), REASON);

        assertThat(broker.taken()).extracting(ProducerRecord::key).containsExactly("k");
        assertThat(tried).hasValue(3);
    }

    @Test
    void aRecordIsHeldFromTheFirstRefusalOfItsLetterUntilTheLetterIsTaken() throws Exception {
        List<Integer> held = new ArrayList<>();
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        RefusingBroker broker = new RefusingBroker(letter -> {
            held.add(publisher.get().recordsHeld());
            return held.size() < 3 ? new TopicAuthorizationException("not allowed") : null;
        });
        publisher.set(broker.publisher());
        new DeadLetterHandler(publisher.get()).take(refused("k", new byte[] {1}), REASON);

        assertThat(held).containsExactly(0, 1, 1);
        assertThat(publisher.get().recordsHeld()).isZero();
        assertThat(publisher.get().lettersRefused()).isZero();
    }

    @Test
    void aLetterOfAFollowedRecordThatIsRefusedHoweverShortIsCounted() {
        RefusingBroker tiny = new RefusingBroker(letter -> new RecordTooLargeException("over 0"));
        Publisher publisher = tiny.publisher();
        beside(publisher).send(refused("followed", new byte[1_500_000]), REASON);

        assertThat(publisher.lettersRefused()).isEqualTo(1);
        assertThat(publisher.recordsHeld()).isZero();
    }

    @Test
    void aLetterThatIsOfferedIsCutButNotInsistedOn() throws Exception {
        RefusingBroker small = new RefusingBroker(
                letter -> letter.value().length > 5_000 ? new RecordTooLargeException("over 5000") : null);
        RefusingBroker closed = new RefusingBroker(letter -> new TopicAuthorizationException("not allowed"));
        RefusingBroker tiny = new RefusingBroker(letter -> new RecordTooLargeException("over 0"));

        assertThat(new DeadLetterHandler(small.publisher()).offer(refused("k", new byte[6_000]), REASON))
                .isTrue();
        assertThat(small.taken()).singleElement().satisfies(letter -> assertThat(letter.value())
                .hasSize(4096));
        assertThat(new DeadLetterHandler(closed.publisher()).offer(refused("k", new byte[1]), REASON))
                .isFalse();
        assertThat(new DeadLetterHandler(tiny.publisher()).offer(refused("k", new byte[1]), REASON))
                .isFalse();
    }

    @Test
    void nobodyInsistsOnceThePublisherIsClosed() {
        RefusingBroker broker = new RefusingBroker(letter -> new TopicAuthorizationException("not allowed"));
        Publisher closed = broker.publisher();
        closed.close();

        assertThatThrownBy(() -> new DeadLetterHandler(closed).take(refused("k", new byte[] {1}), REASON))
                .isInstanceOf(KafkaException.class);
    }
}
