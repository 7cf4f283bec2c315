package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
    /** 32 parameters: 18 of the convolution, 8 of the normalisation, 6 of the linear layer. */
    private static final NetworkArchitecture SMALL = new NetworkArchitecture(
            "small",
            1,
            4,
            4,
            2,
            List.of(
                    new Layer.Convolution("convolution", NetworkArchitecture.INPUT, 1, 2, 3, 1, 1, false),
                    new Layer.BatchNormalization("normalization", "convolution", 2),
                    new Layer.Relu("relu", "normalization"),
                    new Layer.GlobalAveragePool("pool", "relu"),
                    new Layer.Linear("linear", "pool", 2, 2)));

    private static TrainingMemory.Step step(boolean joint, int buffers, boolean averaged) {
        return new TrainingMemory.Step(10, 3, joint, buffers, averaged);
    }

    /**
     * Kept of an image: its 16 pixels, 32 values that the convolution gives, 32 that the rectifier gives and 2 that the linear layer
     * reads, 82 together. The normalisation's own 32 are not read by any derivative. The layer with most values reads 32 and gives 32.
     */
    @Test
    void aStepKeepsWhatDerivativesReadOfEveryImageOfEveryView() {
        TrainingMemory memory = TrainingMemory.of(SMALL, step(false, 1, false));

        assertThat(memory.activations()).isEqualTo((long) (1.8 * 4 * 82 * 10 * 3));
        assertThat(memory.working()).isEqualTo(6 * 4 * 64 * 10);
        // parameters, copies, gradients and momentum; twice the 18 of the convolution
        assertThat(memory.weights()).isEqualTo(4 * (4 * 32 + 2 * 18));
        assertThat(memory.bytes())
                .isEqualTo(memory.activations() + memory.working() + memory.weights() + memory.engine());
    }

    @Test
    void aJointPassWorksOnAllViewsAtOnceAndAnAverageIsAnotherCopyOfTheWeights() {
        TrainingMemory memory = TrainingMemory.of(SMALL, step(true, 2, true));

        assertThat(memory.working()).isEqualTo(6 * 4 * 64 * 30);
        assertThat(memory.weights()).isEqualTo(4 * (6 * 32 + 2 * 18));
    }

    /**
     * 4 x 4 pixels padded to 5 x 5 by a convolution of stride 2 that pads one side only; its 2 x 2 x 2 values are cut at 0, then at 6, and
     * the largest of each is kept with its place, eight bytes.
     */
    @Test
    void paddedCopiesCutsAtSixAndPlacesOfTheLargestAreKeptToo() {
        NetworkArchitecture network = new NetworkArchitecture(
                "small",
                1,
                4,
                4,
                2,
                List.of(
                        new Layer.Convolution(
                                "convolution",
                                NetworkArchitecture.INPUT,
                                1,
                                2,
                                3,
                                2,
                                new Padding(0, 0, 1, 1),
                                false,
                                1),
                        new Layer.Relu6("relu6", "convolution"),
                        new Layer.MaxPool("largest", "relu6", 2, 1, 0),
                        new Layer.GlobalAveragePool("pool", "largest"),
                        new Layer.Linear("linear", "pool", 2, 2)));

        TrainingMemory memory = TrainingMemory.of(network, new TrainingMemory.Step(1, 1, false, 1, false));

        // images, padded copy, cut at 0, cut at 6, places of two largest, what the linear layer reads
        assertThat(memory.activations()).isEqualTo((long) (1.8 * 4 * (16 + 25 + 8 + 8 + 4 + 2)));
    }

    @Test
    void aStepWithoutImagesIsRefused() {
        assertThatThrownBy(() -> new TrainingMemory.Step(0, 1, false, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("had 0 images");
    }
}
