package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;

class RunMemoryTest {
    private static final long GIBIBYTE = 1L << 30;

    private static DatasetManifest images(int side) {
        return DatasetManifest.builder()
                .name("grey")
                .channels(1)
                .height(side)
                .width(side)
                .classes(List.of("benign", "malignant"))
                .splits(Map.of("train", new DatasetManifest.Split(9000, List.of(4500, 4500), List.of())))
                .sourceSha256(Map.of())
                .provenance("made")
                .licence("CC0")
                .importedAt(Instant.EPOCH)
                .build();
    }

    private static ExperimentSpec spec(String fields) {
        return EventCodec.read(
                ("{\"dataset\":\"grey\"" + fields + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                ExperimentSpec.class);
    }

    @Test
    void whatTheCompositionGivesATrainerIsEnoughForRunsAsTheyAreByDefault() {
        assertThatCode(() -> RunMemory.requireFits(spec(""), images(28), 3 * GIBIBYTE))
                .doesNotThrowAnyException();
        assertThatCode(() -> RunMemory.requireFits(spec(",\"network\":\"resnet18\""), images(28), 3 * GIBIBYTE))
                .doesNotThrowAnyException();
    }

    @Test
    void theLargestNetworkNeedsWhatItsPageSays() {
        ExperimentSpec widest = spec(",\"network\":\"wide-resnet-50-2\",\"batchSize\":16");

        assertThatThrownBy(() -> RunMemory.requireFits(widest, images(28), 3 * GIBIBYTE))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("network must be one that fits with network wide-resnet-50-2, method rtda")
                .hasMessageContaining("even with batchSize 2");
        assertThatCode(() -> RunMemory.requireFits(widest, images(28), 8 * GIBIBYTE))
                .doesNotThrowAnyException();
    }

    @Test
    void theBatchThatIsNamedFitsAndOneMoreImageDoesNot() {
        ExperimentSpec large = spec(",\"network\":\"resnet18\",\"batchSize\":512");

        String message = org.assertj.core.api.Assertions.catchThrowableOfType(
                        InvalidFieldException.class, () -> RunMemory.requireFits(large, images(64), 3 * GIBIBYTE))
                .getMessage();
        int named = Integer.parseInt(message.replaceAll("batchSize must be at most (\\d+) .*", "$1"));

        assertThat(RunMemory.bytes(spec(",\"network\":\"resnet18\",\"batchSize\":" + named), images(64)))
                .isLessThanOrEqualTo(3 * GIBIBYTE);
        assertThat(RunMemory.bytes(spec(",\"network\":\"resnet18\",\"batchSize\":" + (named + 1)), images(64)))
                .isGreaterThan(3 * GIBIBYTE);
        assertThat(message)
                .endsWith("since a trainer has 3.0 GiB: take a smaller network or smaller images, or give trainers more"
                        + " memory (rtda.trainer-memory), was 512, which needs "
                        + org.rtda.contracts.ByteSize.inWords(RunMemory.bytes(large, images(64))));
    }

    /** Nine copies of the weights and six batches of two images in a heap of 35 % of the memory, an eighth of which has the cache. */
    @Test
    void theHeapOfALargeNetworkHasNoShareOfTheCache() {
        long weights = 4
                * NetworkArchitecture.named("wide-resnet-50-2", 1, 28, 28, 2).parameters().stream()
                        .mapToLong(Parameter::size)
                        .sum();
        long batches = 4 * 2 * 28 * 28;

        assertThat(RunMemory.bytes(
                        spec(",\"network\":\"wide-resnet-50-2\",\"method\":\"erm\",\"batchSize\":2"), images(28)))
                .isCloseTo((long) ((9 * weights + 6 * batches) / (0.35 * 7 / 8)), within(1L));
    }

    /** One view instead of three, so a third of the activations. */
    @Test
    void aMethodWithFewerViewsNeedsLess() {
        long rtda = RunMemory.bytes(spec(",\"batchSize\":1024"), images(64));
        long erm = RunMemory.bytes(spec(",\"batchSize\":1024,\"method\":\"erm\""), images(64));

        assertThat(erm).isLessThan(rtda / 2);
    }
}
