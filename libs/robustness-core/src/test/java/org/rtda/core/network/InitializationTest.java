package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rtda.core.Seed;

class InitializationTest {
    private static final NetworkArchitecture NETWORK = NetworkArchitecture.named("resnet20", 1, 28, 28, 2);

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        Weights weights = Initialization.weights(NETWORK, new Seed(1));
        assertThat(Initialization.weights(NETWORK, new Seed(1))).isEqualTo(weights);
        assertThat(Initialization.weights(NETWORK, new Seed(2))).isNotEqualTo(weights);
        NETWORK.requireFits(weights);
    }

    @Test
    void convolutionsAreNormalByFanOut() {
        float[] values = Initialization.weights(NETWORK, new Seed(1))
                .get("layer3.2.conv2.weight")
                .data();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        // 36,864 values of deviation sqrt(2 / (64 * 9)) = 0.0589
        assertThat(Math.sqrt(squares / values.length)).isCloseTo(Math.sqrt(2.0 / 576), within(0.001));
        assertThat(sum / values.length).isCloseTo(0, within(0.0015));
    }

    @Test
    void batchNormalisationBeginsAsTheIdentity() {
        Weights weights = Initialization.weights(NETWORK, new Seed(1));
        assertThat(weights.get("bn1.weight").data()).containsOnly(1f);
        assertThat(weights.get("bn1.bias").data()).containsOnly(0f);
        assertThat(weights.get("bn1.running_mean").data()).containsOnly(0f);
        assertThat(weights.get("bn1.running_var").data()).containsOnly(1f);
    }

    @Test
    void theLinearLayerIsUniformWithinOneOverTheRootOfItsInputs() {
        Weights weights = Initialization.weights(NETWORK, new Seed(1));
        for (float value : weights.get("fc.weight").data()) {
            assertThat(value).isBetween(-0.125f, 0.125f);
        }
        assertThat(weights.get("fc.bias").data()[0]).isNotZero().isBetween(-0.125f, 0.125f);
    }
}
