package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.attack.Attack;

class SimulatedDeviceTest {
    private static final long MILLISECOND = 1_000_000;
    /** Three images: at 10 ms each the device takes 30 ms. */
    private static final ImageBatch FROM = new ImageBatch(3, 1, 1, 1, new float[] {0.1f, 0.2f, 0.3f});

    private static final Attack.Perturbed CRAFTED =
            new Attack.Perturbed(new ImageBatch(3, 1, 1, 1, new float[] {0.4f, 0.5f, 0.6f}), 7, 0);

    private final AtomicLong clock = new AtomicLong();
    private final List<Long> pauses = new ArrayList<>();
    private final SimulatedDevice device = new SimulatedDevice(10, clock::get, this::pause);

    @Test
    void theAnswerIsTheRealOneHeldBackForWhatIsLeftOfTheDevicesTime() {
        assertThat(device.perturb(request("adversarial"), FROM, () -> crafted(12)))
                .isSameAs(CRAFTED);
        assertThat(pauses).containsExactly(18 * MILLISECOND);
    }

    @Test
    void aRealAnswerThatTookLongerIsNotHeldBack() {
        assertThat(device.perturb(request("adversarial"), FROM, () -> crafted(31)))
                .isSameAs(CRAFTED);
        assertThat(pauses).isEmpty();
    }

    @Test
    void onlyARequestForTheSimulatedViewIsNotComputed() {
        Attack.Perturbed answer = device.perturb(request("simulated"), FROM, () -> {
            throw new AssertionError("computed");
        });
        assertThat(answer.images()).isEqualTo(FROM);
        assertThat(answer.gradientEvaluations()).isZero();
        assertThat(pauses).containsExactly(30 * MILLISECOND);
    }

    @Test
    void aPauseThatEndsEarlyIsGoneOnWith() {
        SimulatedDevice waking = new SimulatedDevice(10, clock::get, nanos -> pause(Math.min(nanos, 20 * MILLISECOND)));
        waking.perturb(request("simulated"), FROM, () -> CRAFTED);
        assertThat(pauses).containsExactly(20 * MILLISECOND, 10 * MILLISECOND);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aTimeThatIsNoneIsRefused(double millisPerImage) {
        assertThatThrownBy(() -> new SimulatedDevice(millisPerImage))
                .hasMessageContaining("must be above 0 and finite, was " + millisPerImage);
    }

    private void pause(long nanos) {
        pauses.add(nanos);
        clock.addAndGet(nanos);
    }

    private Attack.Perturbed crafted(long millis) {
        clock.addAndGet(millis * MILLISECOND);
        return CRAFTED;
    }

    private static AttackRequest request(String view) {
        ObjectRef manifest = new ObjectRef("datasets/set/manifest.json", "00", 1);
        ObjectRef weights = new ObjectRef("transient/experiment/1/weights-0.safetensors", "00", 1);
        return AttackRequest.builder()
                .id("experiment/1/0/" + view + "/0")
                .time(Instant.EPOCH)
                .experimentId("experiment")
                .replyTo("trainer")
                .attempt(1)
                .step(0)
                .view(view)
                .shard(0)
                .images(new ImageSource(
                        new DatasetRef("set", manifest), "train", new int[] {0, 1, 2}, PreAugmentation.NONE, 0, 0))
                .network("resnet8")
                .weights(weights)
                .attack(AttackSettings.of("fgsm", "l2", 0.1))
                .seed(7)
                .build();
    }
}
