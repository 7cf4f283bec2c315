package org.rtda.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.core.Tensor;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.InMemoryArtifactStore;

class UploadedWeightsTest {
    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @Test
    void theSameFileIsStoredOnce() throws IOException {
        UploadedWeights uploaded = new UploadedWeights(store, new WeightsLimit(1 << 20));
        Path file = write(1);
        assertThat(uploaded.store(file, Files.size(file))).isEqualTo(uploaded.store(file, Files.size(file)));
        assertThat(store.list("")).hasSize(1);
    }

    @Test
    void aFileIsBoundByTheSettingAndByAThirdOfTheHeap() throws IOException {
        Path file = write(1);
        long size = Files.size(file);
        assertThat(new UploadedWeights(store, WeightsLimit.of(size, 3 * size))
                        .store(file, size)
                        .sizeBytes())
                .isEqualTo(size);
        for (WeightsLimit small :
                new WeightsLimit[] {WeightsLimit.of(size - 1, 3 * size), WeightsLimit.of(size, 3 * size - 1)}) {
            UploadedWeights uploaded = new UploadedWeights(store, small);
            ProblemException e = catchThrowableOfType(ProblemException.class, () -> uploaded.store(file, size));
            assertThat(e.status()).isEqualTo(413);
            assertThat(e).hasMessageStartingWith("weights have " + size + " bytes, may have at most " + (size - 1));
        }
    }

    @Test
    void nothingIsStoredOfAFileThatIsRefused() throws IOException {
        UploadedWeights uploaded = new UploadedWeights(store, new WeightsLimit(1 << 20));
        Path file = write(Float.NEGATIVE_INFINITY);
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> uploaded.store(file, Files.size(file)));
        assertThat(e.status()).isEqualTo(400);
        assertThat(e).hasMessage("file: every weight must be finite, value 1 of tensor a was -Infinity");
        assertThat(store.list("")).isEmpty();
    }

    private Path write(float second) throws IOException {
        Weights weights = new Weights(Map.of("a", new Tensor(new long[] {2}, new float[] {1, second})));
        return Files.write(folder.resolve("w.safetensors"), SafeTensors.encode(weights, Map.of()));
    }
}
