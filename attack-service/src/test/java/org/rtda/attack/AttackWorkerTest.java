package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.RequestWork;
import org.rtda.service.DeviceFailureException;
import org.rtda.service.DeviceHealth;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;
import org.rtda.testkit.ConfigMappings;
import org.rtda.testkit.UntouchedStore;

class AttackWorkerTest {
    private static final AttackRequest REQUEST = AttackRequest.builder()
            .id("e/1/3/adversarial/0")
            .time(Instant.EPOCH)
            .experimentId("e")
            .replyTo("trainer-1")
            .attempt(1)
            .step(3)
            .view("adversarial")
            .shard(0)
            .images(new ImageSource(
                    new DatasetRef("d", new ObjectRef("datasets/d/manifest.json", "00", 1)),
                    "train",
                    new int[] {0},
                    PreAugmentation.NONE,
                    0,
                    3))
            .network("resnet8")
            .weights(new ObjectRef("transient/e/1/weights-3.safetensors", "00", 1))
            .attack(AttackSettings.of("fgsm", "l2", 0.1))
            .seed(7)
            .build();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DeviceHealth device = DeviceHealth.well();

    /** Whatever is read fails in this way. */
    private static final class BrokenStore extends UntouchedStore {
        private final Throwable failure;

        private BrokenStore(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public byte[] get(ObjectRef ref) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    private BatchAnswer answer(Throwable failure, int delivery) throws InterruptedException {
        ConsumerRecord<String, byte[]> received = new ConsumerRecord<>(
                "attack-requests",
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                REQUEST.id(),
                new byte[0],
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) delivery));
        ArtifactStore store = new BrokenStore(failure);
        Payloads payloads = new Payloads(store, 0);
        AttackWorker worker = new AttackWorker(
                new CraftAttack(new DatasetReader(store, 0), payloads, null),
                payloads,
                new AttackScheduler(),
                new WorkProgress(),
                device,
                null,
                ConfigMappings.of(AttackConfig.class, Map.of("rtda.instance", "attacker-1"), Map.of()),
                meters,
                OpenTelemetry.noop(),
                Map.of(),
                null);
        try (RequestWork work = RequestWork.begin(OpenTelemetry.noop(), "craft", received, REQUEST)) {
            return worker.answer(new Delivery(received), REQUEST, AttackLane.TRAINING, work);
        }
    }

    private double failed() {
        return meters.counter("rtda.attack.failed", "lane", AttackLane.TRAINING.label())
                .count();
    }

    /** As after a cancel, for every request that still waited. */
    @Test
    void aTransientObjectThatIsGoneIsToldToWhoAskedAndIsNoFailureOfThisWorker() throws Exception {
        BatchAnswer answer = answer(new ArtifactMissingException("transient/e/1/weights-3.safetensors"), 1);

        assertThat(answer).isInstanceOfSatisfying(BatchAnswer.Failed.class, refused -> {
            assertThat(refused.reason())
                    .isEqualTo("object transient/e/1/weights-3.safetensors is missing from the store");
            assertThat(refused.object()).isEqualTo("transient/e/1/weights-3.safetensors");
        });
        assertThat(failed()).isZero();
    }

    @Test
    void anyOtherObjectThatIsGoneIsAFailure() throws Exception {
        BatchAnswer answer = answer(new ArtifactMissingException("datasets/d/manifest.json"), 1);

        assertThat(answer).isInstanceOfSatisfying(BatchAnswer.Failed.class, refused -> assertThat(refused.object())
                .isEqualTo("datasets/d/manifest.json"));
        assertThat(failed()).isEqualTo(1);
    }

    /** However often it was delivered: one worker must not fail what the others can do. */
    @Test
    void aRequestThatBreaksOnASickDeviceIsLeftToOthersAndTheNextOneIsNotTried() {
        AtomicBoolean broken = new AtomicBoolean(true);
        device = new DeviceHealth("gpu(0)", () -> {
            if (broken.get()) {
                throw new IllegalStateException("an illegal memory access was encountered");
            }
        });
        IllegalStateException failure = new IllegalStateException("CUDA error");

        assertThatThrownBy(() -> answer(failure, 3))
                .isInstanceOf(DeviceFailureException.class)
                .hasMessageStartingWith("the device gpu(0) does not compute: an illegal memory access was encountered")
                .hasSuppressedException(failure);
        assertThatThrownBy(() -> answer(new AssertionError("not to be tried"), 1))
                .isInstanceOf(DeviceFailureException.class);
        assertThat(device.reason()).isPresent();
        assertThat(failed()).isZero();

        broken.set(false);
        assertThatThrownBy(() -> answer(failure, 1)).isSameAs(failure);
        assertThat(device.reason()).isEmpty();
    }

    @Test
    void anErrorIsTriedByThreeWorkersOfWhichTheThirdAnswersWithIt() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        assertThatThrownBy(() -> answer(error, 2)).isSameAs(error);
        assertThat(answer(error, 3))
                .isInstanceOfSatisfying(BatchAnswer.Failed.class, refused -> assertThat(refused.reason())
                        .isEqualTo("OutOfMemoryError: Java heap space"));
        assertThat(failed()).isEqualTo(1);
    }
}
