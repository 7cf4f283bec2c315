package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ByteImage;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzWriter;

class CraftAttackTest {
    private static final int SIDE = 8;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TargetNetworks targets = new TargetNetworks(TorchEngine.start("cpu"), store, 1);
    private final DatasetReader datasets = new DatasetReader(store, 0);
    private final CraftAttack craftAttack = new CraftAttack(datasets, new Payloads(store, 0), targets);
    private DatasetRef dataset;
    private ObjectRef weights;

    @BeforeEach
    void store(@TempDir Path folder) throws IOException {
        Path npz = folder.resolve("set.npz");
        NpzWriter.write(npz, Map.of("train", images(), "val", images(), "test", images()));
        new DatasetImporter(store)
                .importFrom("set", NpzDataset.of(npz), DatasetDescription.of("made for this test", "none needed"));
        dataset = new Datasets(store).find("set").orElseThrow();
        NetworkArchitecture architecture = NetworkArchitecture.named("resnet8", 1, SIDE, SIDE, 2);
        weights = store.put(
                "transient/experiment/1/weights-0.safetensors",
                SafeTensors.encode(Initialization.weights(architecture, new Seed(3)), Map.of()));
    }

    @AfterEach
    void close() {
        targets.close();
    }

    @Test
    void theSettingsOfARequestAreTheAttacks() {
        AttackSettings square = AttackSettings.builder()
                .name("square")
                .epsilon(0.05)
                .steps(20)
                .norm("linf")
                .restarts(2)
                .build();
        AtomicInteger passes = new AtomicInteger();
        Attack.Perturbed found = craftAttack.craft(request(square, null), passes::incrementAndGet);
        float[] clean = ImageBatch.of(images().images()).pixels();
        float largest = 0;
        for (int i = 0; i < clean.length; i++) {
            largest = Math.max(largest, Math.abs(found.images().pixels()[i] - clean[i]));
        }
        assertThat(largest).isBetween(0.04f, 0.05f);
        // the clean images once, then two starts of twenty queries for those that stand
        assertThat(passes).hasValue(41);
        assertThat(found.gradientEvaluations()).isZero();
        assertThat(found.zeroGradients()).isNull();
    }

    @Test
    void aTargetClassChangesTheDirection() {
        AttackSettings fgsm = AttackSettings.of("fgsm", "l2", 0.1);
        Attack.Perturbed towards0 = craftAttack.craft(request(fgsm, 0));
        Attack.Perturbed towards1 = craftAttack.craft(request(fgsm, 1));
        assertThat(towards0.images()).isNotEqualTo(towards1.images());
        assertThat(towards0.gradientEvaluations()).isEqualTo(1);
        assertThat(towards0.zeroGradients()).isZero();
    }

    @Test
    void whereThereIsNoMemoryTheNetworksThatNobodyUsesAreClosed() {
        AttackSettings fgsm = AttackSettings.of("fgsm", "l2", 0.1);
        IllegalStateException shortage = new IllegalStateException(
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes");
        CraftAttack without = new CraftAttack(datasets, new Payloads(store, 0), targets, (request, from, crafting) -> {
            assertThat(targets.size()).isEqualTo(1);
            throw shortage;
        });

        assertThatThrownBy(() -> without.craft(request(fgsm, 0))).isSameAs(shortage);
        assertThat(targets.size()).isZero();

        assertThat(craftAttack.craft(request(fgsm, 0)).gradientEvaluations()).isEqualTo(1);
    }

    @Test
    void anAttackThatIsNotForTwoClassesIsRefusedWithWhatIs() {
        AttackRequest request = request(AttackSettings.of("apgd-dlr", "l2", 0.1), null);
        assertThatThrownBy(() -> craftAttack.craft(request)).hasMessageContaining("the attack set aa-binary has them");
    }

    private AttackRequest request(AttackSettings settings, Integer targetClass) {
        return AttackRequest.builder()
                .id("experiment/1/0/adversarial/0")
                .time(Instant.EPOCH)
                .experimentId("experiment")
                .replyTo("evaluator")
                .attempt(1)
                .step(0)
                .view("adversarial")
                .shard(0)
                .images(new ImageSource(dataset, "test", new int[] {0, 1, 2, 3}, PreAugmentation.NONE, 0, 0))
                .network("resnet8")
                .weights(weights)
                .attack(settings)
                .seed(7)
                .targetClass(targetClass)
                .build();
    }

    private static LabelledImages images() {
        List<ByteImage> images = new ArrayList<>();
        int[] labels = new int[4];
        for (int n = 0; n < 4; n++) {
            byte[] pixels = new byte[SIDE * SIDE];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (60 + (37 * i + 53 * n) % 120);
            }
            images.add(new ByteImage(1, SIDE, SIDE, pixels));
            labels[n] = n % 2;
        }
        return new LabelledImages(images, labels);
    }
}
