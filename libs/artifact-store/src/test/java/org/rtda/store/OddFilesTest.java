package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.store.npz.NpzDataset;

/** Files that other programs wrote, from the folder {@code cases} of RTDA_DATA_DIR. */
class OddFilesTest {
    private String folder;

    @BeforeEach
    void find() {
        folder = System.getenv("RTDA_DATA_DIR");
        assumeTrue(folder != null, "skipped: RTDA_DATA_DIR does not name the folder of the image sets");
    }

    private DatasetManifest imported(String name, String file) {
        return new DatasetImporter(new InMemoryArtifactStore())
                .importFrom(
                        name,
                        NpzDataset.of(Path.of(folder, "cases", file + ".npz")),
                        DatasetDescription.of("made for tests", "none needed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab_u8", "lab_be_i4", "lab_bool", "py2long", "julia_labels"})
    void labelsAndHeadersOfOtherProgramsAreRead(String file) {
        DatasetManifest manifest = imported("odd", file);

        assertThat(manifest.classes()).containsExactly("0", "1");
        assertThat(manifest.split("train").count()).isEqualTo(256);
        assertThat(manifest.split("val").count()).isEqualTo(64);
        assertThat(manifest.split("test").count()).isEqualTo(96);
    }

    @Test
    void theHealthyClassOfBreastMnistIsKnownByItsName() {
        assertThat(imported("breastmnist", "breastmnist").healthyClass()).isEqualTo(1);
        assertThat(imported("ours", "sorted").healthyClass()).isNull();
    }

    @Test
    void imagesOfSixteenBitsAreRefusedUnderTheNamesOfFileAndArray() {
        assertThatThrownBy(() -> imported("odd", "uint16"))
                .hasMessageStartingWith("uint16.npz: train_images must be of dtype |u1 (uint8), was <u2");
    }
}
