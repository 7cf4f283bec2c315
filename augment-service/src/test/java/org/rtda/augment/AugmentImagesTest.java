package org.rtda.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ImageBatch;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;

class AugmentImagesTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final AugmentImages augmentImages = new AugmentImages(new CleanViews(new DatasetReader(store, 1 << 20)));
    private DatasetRef dataset;

    /** Four images of 8 x 8, each a ramp that starts elsewhere. */
    @BeforeEach
    void storeImages() {
        byte[] block = new byte[4 * 64 + 4];
        for (int i = 0; i < 256; i++) {
            block[i] = (byte) (i * 37);
        }
        DatasetManifest manifest = DatasetManifest.builder()
                .name("ramps")
                .channels(1)
                .height(8)
                .width(8)
                .classes(List.of("a", "b"))
                .splits(Map.of(
                        "train",
                        new DatasetManifest.Split(
                                4, List.of(4, 0), List.of(new DatasetManifest.Block(store.put("block", block), 4)))))
                .sourceSha256(Map.of())
                .provenance("made for this test")
                .licence("none needed")
                .importedAt(Instant.EPOCH)
                .build();
        dataset = new DatasetRef("ramps", store.put("datasets/ramps/manifest.json", EventCodec.write(manifest)));
    }

    @Test
    void aBatchEqualsItsShardsPutTogether() {
        ImageBatch whole = augmentImages.make(request(0, 1, 2, 3));
        ImageBatch joined =
                ImageBatch.concat(List.of(augmentImages.make(request(0, 1)), augmentImages.make(request(2, 3))));
        assertThat(joined).isEqualTo(whole);
    }

    @Test
    void anotherSeedMixesOtherImages() {
        assertThat(augmentImages.make(request(9L, 0, 1))).isNotEqualTo(augmentImages.make(request(10L, 0, 1)));
    }

    @Test
    void pixelsStayInUnitRange() {
        List<Float> pixels = new ArrayList<>();
        for (float pixel : augmentImages.make(request(0, 1, 2, 3)).pixels()) {
            pixels.add(pixel);
        }
        assertThat(pixels).hasSize(256).allSatisfy(pixel -> assertThat(pixel).isBetween(0f, 1f));
    }

    @Test
    void anIndexOutsideTheSplitIsRefusedByName() {
        assertThatThrownBy(() -> augmentImages.make(request(0, 4)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("[0, 3]")
                .hasMessageContaining("was 4");
    }

    private AugmentRequest request(int... indices) {
        return request(9L, indices);
    }

    private AugmentRequest request(long seed, int... indices) {
        return new AugmentRequest(
                "experiment/1/17/augmix/0",
                Instant.EPOCH,
                Event.SCHEMA_VERSION,
                "experiment",
                "nobody",
                1,
                17,
                "augmix",
                0,
                new ImageSource(dataset, "train", indices, new PreAugmentation(true, 2), seed, 17),
                AugMixSettings.DEFAULT,
                seed);
    }
}
