package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.InMemoryArtifactStore;

class TargetNetworksTest {
    private static final ImageBatch IMAGES = new ImageBatch(1, 1, 8, 8, new float[64]);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TargetNetworks targets = new TargetNetworks(TorchEngine.start("cpu"), store, 1);

    @AfterEach
    void close() {
        targets.close();
    }

    @Test
    void aNetworkInUseStaysOpenWhileOthersComeAndGo() {
        ObjectRef second = weights(2);
        try (TargetNetworks.Lease used = lease(weights(1))) {
            lease(second).close();
            assertThat(used.network().logits(IMAGES)).hasDimensions(1, 2);
            assertThat(targets.size()).isEqualTo(2);
        }
        lease(second).close();
        assertThat(targets.size()).isEqualTo(1);
    }

    @Test
    void aNetworkNobodyUsesMakesRoom() {
        TargetNetworks.Lease first = lease(weights(1));
        FrozenNetwork network = first.network();
        first.close();
        lease(weights(2)).close();
        assertThat(targets.size()).isEqualTo(1);
        assertThatThrownBy(() -> network.logits(IMAGES)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void onlyNetworksThatNobodyUsesAreClosedWhereMemoryIsShort() {
        ObjectRef second = weights(2);
        try (TargetNetworks.Lease used = lease(weights(1))) {
            lease(second).close();
            targets.closeUnused();
            assertThat(targets.size()).isEqualTo(1);
            assertThat(used.network().logits(IMAGES)).hasDimensions(1, 2);
        }
    }

    @Test
    void theSameWeightsBehindAnotherFirstLayerAreAnotherNetwork() {
        ObjectRef weights = weights(1);
        InputNormalization measured = new InputNormalization("training-split", List.of(0.25), List.of(0.125));
        ImageBatch grey = new ImageBatch(1, 1, 8, 8, filled(0.25f));
        // x = 0.25 is -0.5 behind (x - 0.5) / 0.5 and 0 behind (x - 0.25) / 0.125, as 0.5 is behind the former
        ImageBatch middle = new ImageBatch(1, 1, 8, 8, filled(0.5f));
        try (TargetNetworks.Lease symmetric = targets.lease("resnet8", weights, null, grey, 2);
                TargetNetworks.Lease other = targets.lease("resnet8", weights, measured, grey, 2)) {
            assertThat(other.network().logits(grey))
                    .isEqualTo(symmetric.network().logits(middle));
            assertThat(other.network().logits(grey))
                    .isNotEqualTo(symmetric.network().logits(grey));
        }
    }

    /** Of a transient object the SHA-256 is not checked. */
    @Test
    void weightsUnderAnotherKeyAreAnotherNetworkWhateverSumTheyClaim() {
        ObjectRef model = weights(1);
        ObjectRef other = weights(2);
        store.put("transient/forged/weights", store.get(other));
        CRC32C sum = new CRC32C();
        sum.update(store.get(other));
        ObjectRef claimed = new ObjectRef(
                "transient/forged/weights",
                model.sha256(),
                other.sizeBytes(),
                HexFormat.of().toHexDigits((int) sum.getValue()));
        float[][] forged;
        try (TargetNetworks.Lease lease = lease(claimed)) {
            forged = lease.network().logits(IMAGES);
        }
        try (TargetNetworks.Lease lease = lease(model)) {
            assertThat(lease.network().logits(IMAGES)).isNotEqualTo(forged);
        }
    }

    private static float[] filled(float value) {
        float[] pixels = new float[64];
        Arrays.fill(pixels, value);
        return pixels;
    }

    private TargetNetworks.Lease lease(ObjectRef weights) {
        return targets.lease("resnet8", weights, null, IMAGES, 2);
    }

    private ObjectRef weights(long seed) {
        NetworkArchitecture architecture = NetworkArchitecture.named("resnet8", 1, 8, 8, 2);
        return store.put(
                "weights-" + seed, SafeTensors.encode(Initialization.weights(architecture, new Seed(seed)), Map.of()));
    }
}
