package org.rtda.core.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;

/**
 * The values that training begins with. Convolutions: Kaiming normal by fan-out (He et al., ICCV 2015), deviation
 * {@code sqrt(2 / (out / groups * kernel^2))}, bias 0; batch normalisation: weight 1, bias 0, mean 0, variance 1; linear layers:
 * weight and bias uniform in {@code +-1 / sqrt(in)}, PyTorch's default. Each parameter has a stream of its own, by name.
 */
public final class Initialization {
    private Initialization() {}

    /** Weights for every parameter of the network, the same for the same seed. */
    public static Weights weights(NetworkArchitecture architecture, Seed seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Layer layer : architecture.layers()) {
            for (Parameter parameter : layer.parameters()) {
                tensors.put(parameter.name(), tensor(layer, parameter, seed));
            }
        }
        return new Weights(tensors);
    }

    /** What {@link #weights} gives one parameter of a layer. */
    static Tensor tensor(Layer layer, Parameter parameter, Seed seed) {
        Seed own = seed.forPurpose("initial-weights").forPurpose(parameter.name());
        return new Tensor(parameter.shape(), values(layer, parameter, own));
    }

    private static float[] values(Layer layer, Parameter parameter, Seed seed) {
        float[] values = new float[parameter.size()];
        if (layer instanceof Layer.Convolution convolution) {
            if (parameter.role() == Parameter.Role.WEIGHT) {
                fillNormal(
                        values,
                        seed,
                        Math.sqrt(2.0
                                / ((double) convolution.outputChannels()
                                        / convolution.groups()
                                        * convolution.kernel()
                                        * convolution.kernel())));
            }
        } else if (layer instanceof Layer.Linear linear) {
            fillUniform(values, seed, 1 / Math.sqrt(linear.inputFeatures()));
        } else if (parameter.role() == Parameter.Role.WEIGHT || parameter.role() == Parameter.Role.RUNNING_VARIANCE) {
            Arrays.fill(values, 1f);
        }
        return values;
    }

    private static void fillNormal(float[] values, Seed seed, double deviation) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(seed.generator());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * normal.sample());
        }
    }

    private static void fillUniform(float[] values, Seed seed, double bound) {
        UniformRandomProvider generator = seed.generator();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * generator.nextDouble() - 1) * bound);
        }
    }
}
