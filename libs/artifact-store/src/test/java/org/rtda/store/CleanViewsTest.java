package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;
import org.rtda.core.augment.CropAndFlip;
import org.rtda.store.npz.NpzBytes;
import org.rtda.store.npz.NpzDataset;

class CleanViewsTest {
    private static final PreAugmentation FLIP_AND_CROP = new PreAugmentation(true, 2);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader reader = new DatasetReader(store, 1 << 20);
    private final CleanViews views = new CleanViews(reader);

    @TempDir
    Path folder;

    private DatasetRef ref;

    @BeforeEach
    void importSmall() throws IOException {
        Path file = Files.write(folder.resolve("small.npz"), NpzBytes.small().deflated());
        new DatasetImporter(store).importFrom("small", NpzDataset.of(file), DatasetDescription.of("p", "l"));
        ref = new Datasets(store).find("small").orElseThrow();
    }

    @Test
    void withoutPreAugmentationTheStoredImagesAreTheView() {
        assertThat(views.of(source(new int[] {3, 1}, PreAugmentation.NONE, 4)))
                .isEqualTo(reader.read(ref, "train", new int[] {3, 1}));
    }

    @Test
    void eachImageIsChangedWithTheSeedOfItsStepAndPlaceInTheSplit() {
        LabelledImages made = views.of(source(new int[] {3, 1}, FLIP_AND_CROP, 4));

        ByteImage third = reader.read(ref, "train", new int[] {3}).images().get(0);
        ByteImage expected = CropAndFlip.apply(third, true, 2, new Seed(99).forStep("pre-augmentation", 4, 3));
        assertThat(made.images().get(0)).isEqualTo(expected);
        assertThat(made.labels()).containsExactly(1, 1);
    }

    @Test
    void theViewOfAnImageDoesNotDependOnItsNeighbours() {
        LabelledImages whole = views.of(source(new int[] {0, 1, 2, 3, 4, 5}, FLIP_AND_CROP, 7));
        LabelledImages shard = views.of(source(new int[] {4, 2}, FLIP_AND_CROP, 7));

        assertThat(shard.images())
                .containsExactly(whole.images().get(4), whole.images().get(2));
        assertThat(views.of(source(new int[] {4, 2}, FLIP_AND_CROP, 8))).isNotEqualTo(shard);
    }

    private ImageSource source(int[] indices, PreAugmentation change, long step) {
        return new ImageSource(ref, "train", indices, change, 99, step);
    }
}
