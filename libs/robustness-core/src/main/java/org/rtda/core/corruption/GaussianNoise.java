package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * {@code x + N(0, sigma)}. MedMNIST-C draws for three equal channels and turns the result grey, which leaves 0.67 of the
 * deviation; a grey image gets one draw with that factor.
 */
final class GaussianNoise extends PerImage {
    /** {@code sqrt(0.299^2 + 0.587^2 + 0.114^2)}, the deviation of the luma of three independent channels. */
    static final double GREY_FACTOR = 0.67;

    GaussianNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        double sigma = parameters[0] * (clean.channels() == 1 ? GREY_FACTOR : 1);
        NormalizedGaussianSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        float[] values = clean.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (sigma * normal.sample());
        }
        return values;
    }
}
