package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.messaging.DeadLetterHandler;
import org.rtda.messaging.RefusedRecord;
import org.rtda.service.WorkProgress;
import org.rtda.testkit.ConfigMappings;
import org.rtda.trainer.telemetry.StepTraces;
import org.rtda.trainer.telemetry.TrainerMeters;

class KafkaWorkExchangeTest {

    private final List<String> removed = new ArrayList<>();
    private CompletableFuture<RecordMetadata> publication = CompletableFuture.completedFuture(null);
    private final List<ProducerRecord<String, byte[]>> published = new ArrayList<>();
    private final KafkaWorkExchange exchange = new KafkaWorkExchange(
            asked -> {
                published.add(asked);
                return publication;
            },
            OpenTelemetry.noop(),
            removed::add,
            ConfigMappings.of(TrainerConfig.class, Map.of("rtda.instance", "one"), Map.of()),
            new TrainerMeters(new SimpleMeterRegistry(), System::nanoTime),
            new StepTraces(OpenTelemetry.noop().getTracer("test")),
            new WorkProgress());

    private static AugmentRequest request(int shard) {
        DatasetRef dataset = new DatasetRef("small", new ObjectRef("datasets/small/manifest.json", "0".repeat(64), 1));
        return new AugmentRequest(
                id(shard),
                Instant.EPOCH,
                1,
                "exp",
                "one",
                1,
                0,
                "augmix",
                shard,
                new ImageSource(dataset, "train", new int[] {0}, PreAugmentation.NONE, 1, 0),
                new AugMixSettings(3, null, 3.0, 1.0, true),
                1);
    }

    private static String id(int shard) {
        return BatchRequest.idOf("exp", 1, 0, "augmix", shard);
    }

    private static BatchAnswer.Ready answer(int shard, String worker) {
        ObjectRef object = new ObjectRef(ObjectKeys.payload(id(shard)), "00", 4);
        Payload images = new Payload(new long[] {1, 1, 1, 1}, "00", null, object);
        return new BatchAnswer.Ready(id(shard), Instant.EPOCH, 1, "exp", "one", 1, worker, images, 1, 0, null);
    }

    @Test
    void anAnswerOnTheTopicOfOtherWorkersIsNotTheAnswer() {
        exchange.request(request(0));
        exchange.answered(Topic.ADVERSARIAL_BATCHES, answer(0, "forger"));
        exchange.answered(Topic.AUGMENTED_BATCHES, answer(0, "augment-1"));

        assertThat(exchange.await(id(0), new RunControl()).worker()).isEqualTo("augment-1");
        assertThat(removed).isEmpty();
    }

    @Test
    void anAnswerIsReadyFromWhenItsBatchHasComeUntilItIsAwaited() {
        exchange.request(request(0));
        assertThat(exchange.isReady(id(0))).isFalse();

        exchange.answered(Topic.AUGMENTED_BATCHES, answer(0, "augment-1"));
        assertThat(exchange.isReady(id(0))).isTrue();

        exchange.await(id(0), new RunControl());
        assertThat(exchange.isReady(id(0))).isFalse();
    }

    /** Whoever awaits it ends the run, and that is not to be done before the step that needs it. */
    @Test
    void anAnswerWithoutABatchIsNotReady() {
        exchange.request(request(0));
        exchange.request(request(1));
        exchange.answered(
                Topic.AUGMENTED_BATCHES, BatchAnswer.Failed.to(request(0), Instant.EPOCH, "augment-1", "broken", null));
        exchange.refused(letterOf(published.get(1)));

        assertThat(exchange.isReady(id(0))).isFalse();
        assertThat(exchange.isReady(id(1))).isFalse();
    }

    @Test
    void onlyWhatThisTrainerAskedForIsRemoved() {
        exchange.request(request(0));
        exchange.request(request(1));
        exchange.answered(Topic.AUGMENTED_BATCHES, answer(0, "augment-1"));
        exchange.await(id(0), new RunControl());
        exchange.answered(Topic.AUGMENTED_BATCHES, answer(2, "nobody asked"));
        exchange.forgetAll();
        assertThat(removed).isEmpty();

        exchange.answered(Topic.AUGMENTED_BATCHES, answer(2, "nobody asked"));
        exchange.answered(Topic.AUGMENTED_BATCHES, answer(1, "late"));
        exchange.answered(Topic.AUGMENTED_BATCHES, answer(1, "later"));

        assertThat(removed).containsExactly("transient/exp/1/0/augmix/1.f32");
    }

    /** The run would ask for ever, and say that workers are missing. */
    @Test
    void aRequestThatTheTrainerMayNotPublishFailsTheRunWithWhatToLookAt() {
        publication = CompletableFuture.failedFuture(new TopicAuthorizationException(Set.of("augment-requests")));
        exchange.request(request(0));

        assertThatThrownBy(() -> exchange.await(id(0), new RunControl()))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("augment-requests")
                .hasMessageEndingWith("does this service's account have the permissions of docs/access.md?");
    }

    /** What the worker that was given the request publishes. */
    private static RefusedRecord letterOf(ProducerRecord<String, byte[]> sent) {
        ConsumerRecord<String, byte[]> given = new ConsumerRecord<>(sent.topic(), 0, 41, sent.key(), sent.value());
        sent.headers().forEach(given.headers()::add);
        ProducerRecord<String, byte[]> letter =
                DeadLetterHandler.letters(given, "the device is gone").get(0);
        ConsumerRecord<String, byte[]> heard = new ConsumerRecord<>(letter.topic(), 0, 7, letter.key(), letter.value());
        letter.headers().forEach(heard.headers()::add);
        return RefusedRecord.of(heard);
    }

    @Test
    void aRunFailsWithTheReasonOfALetterThatWasMadeOfItsRequest() {
        exchange.request(request(0));
        exchange.refused(letterOf(published.get(0)));

        assertThat(catchThrowableOfType(TrainingFailedException.class, () -> exchange.await(id(0), new RunControl())))
                .hasMessage("request exp/1/0/augmix/0 cannot be taken: the device is gone");
    }

    /** Ids of requests can be guessed, and every service may write letters. */
    @Test
    void aLetterThatWasNotMadeOfTheRequestEndsNoRun() {
        exchange.request(request(0));
        exchange.request(request(1));
        RefusedRecord letter = letterOf(published.get(0));
        RefusedRecord ofAnother = letterOf(published.get(1));
        exchange.refused(new RefusedRecord(letter.topic(), letter.key(), "exp", null, "no sum"));
        exchange.refused(new RefusedRecord(letter.topic(), letter.key(), "exp", ofAnother.valueSha256(), "another's"));
        exchange.refused(new RefusedRecord(letter.topic(), letter.key(), "other", letter.valueSha256(), "other run"));
        exchange.refused(
                new RefusedRecord("attack-requests", letter.key(), "exp", letter.valueSha256(), "other topic"));
        exchange.refused(new RefusedRecord(letter.topic(), null, "exp", letter.valueSha256(), "no key"));
        exchange.answered(Topic.AUGMENTED_BATCHES, answer(0, "augment-1"));

        assertThat(exchange.await(id(0), new RunControl()).worker()).isEqualTo("augment-1");
    }

    @Test
    void aRequestThatNoWorkerCanReadIsReasonToLookAtTheVersions() {
        String reason = catchThrowableOfType(
                        InvalidMessageException.class,
                        () -> EventCodec.read("{}".getBytes(StandardCharsets.UTF_8), AttackRequest.class))
                .getMessage();

        assertThat(reason).startsWith("not a valid AttackRequest: ");
        assertThat(KafkaWorkExchange.advised(reason)).isEqualTo(reason + ": do all services have the same version?");
    }

    @Test
    void aRequestThatWorkersCouldNotAnswerForAnotherReasonIsNot() {
        assertThat(KafkaWorkExchange.advised("the device is gone")).isEqualTo("the device is gone");
    }
}
