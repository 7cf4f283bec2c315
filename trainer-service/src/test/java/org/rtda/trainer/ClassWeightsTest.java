package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.DatasetManifest;

class ClassWeightsTest {

    private static DatasetManifest.Split split(Integer... counts) {
        List<Integer> all = List.of(counts);
        return new DatasetManifest.Split(
                all.stream().mapToInt(Integer::intValue).sum(), all, List.of());
    }

    @Test
    void aRareClassCountsForMore() {
        // 100 images: 100 / (2 * 80) and 100 / (2 * 20)
        assertThat(ClassWeights.balanced(List.of("benign", "malignant"), split(80, 20)))
                .containsExactly(0.625, 2.5);
    }

    @Test
    void aClassWithoutImagesCannotBeWeighed() {
        assertThatThrownBy(() -> ClassWeights.balanced(List.of("benign", "malignant"), split(80, 0)))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage("classWeights must be none for this data set, was balanced: class malignant has no training"
                        + " image to weigh");
    }
}
