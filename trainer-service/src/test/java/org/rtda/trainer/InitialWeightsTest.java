package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;

class InitialWeightsTest {
    private static final ObjectRef FILE = new ObjectRef("weights/mine.safetensors", "ab", 3);
    private static final NetworkArchitecture NETWORK = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
    private static final Weights WEIGHTS = Initialization.weights(NETWORK, new Seed(3));

    private static Weights decoded(Weights weights) {
        return InitialWeights.decode(NETWORK, FILE, SafeTensors.encode(weights, Map.of()), new Seed(8))
                .weights();
    }

    @Test
    void aFileInAnotherOrderIsPutInTheNetworks() {
        List<String> names = new ArrayList<>(WEIGHTS.tensors().keySet());
        Collections.sort(names);
        Map<String, Tensor> sorted = new LinkedHashMap<>();
        names.forEach(name -> sorted.put(name, WEIGHTS.get(name)));
        assertThat(new Weights(sorted)).isNotEqualTo(WEIGHTS);
        assertThat(decoded(new Weights(sorted))).isEqualTo(WEIGHTS);
    }

    @Test
    void weightsForOtherClassesKeepAllButTheClassifierWhichIsThatOfTheSeed() {
        Weights other = Initialization.weights(NetworkArchitecture.named("resnet8", 1, 28, 28, 3), new Seed(3));
        Map<String, Tensor> expected = new LinkedHashMap<>(WEIGHTS.tensors());
        Weights fresh = Initialization.weights(NETWORK, new Seed(8));
        expected.put("fc.weight", fresh.get("fc.weight"));
        expected.put("fc.bias", fresh.get("fc.bias"));
        assertThat(decoded(other)).isEqualTo(new Weights(expected));
    }

    @Test
    void weightsOfAnotherShapeAreRefusedWithBothShapes() {
        Map<String, Tensor> changed = new LinkedHashMap<>(WEIGHTS.tensors());
        changed.put("bn1.bias", new Tensor(new long[] {2}, new float[2]));
        assertThatThrownBy(() -> decoded(new Weights(changed)))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage("initialWeights weights/mine.safetensors: not weights of network resnet8 for images of"
                        + " 1 x 28 x 28 and 2 classes: bn1.bias must have shape [16], has [2]");
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedNamingTheFirstDifferences() {
        Weights other = Initialization.weights(NetworkArchitecture.named("resnet20", 1, 28, 28, 2), new Seed(3));
        assertThatThrownBy(() -> decoded(other))
                .hasMessageContaining("layer1.1.conv1.weight is not part of the network; ")
                .hasMessageMatching(".*, and \\d+ more differences");
    }

    @Test
    void missingTensorsAndValuesThatAreNotFiniteAreNamed() {
        Map<String, Tensor> changed = new LinkedHashMap<>(WEIGHTS.tensors());
        changed.remove("bn1.bias");
        changed.put("fc.bias", new Tensor(new long[] {2}, new float[] {0, Float.NaN}));
        assertThatThrownBy(() -> decoded(new Weights(changed)))
                .hasMessageEndingWith(": bn1.bias[16] is missing; fc.bias holds a value that is not finite");
    }

    @Test
    void aFileThatHoldsNoWeightsIsRefused() {
        assertThatThrownBy(() -> InitialWeights.decode(NETWORK, FILE, new byte[] {1, 2, 3}, new Seed(8)))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage("initialWeights weights/mine.safetensors: not a safetensors file of float32 tensors: a file"
                        + " has at least 8 bytes, this one 3");
    }
}
