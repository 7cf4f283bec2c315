package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** {@code x + x N(0, sigma)}; on grey with {@link GaussianNoise#GREY_FACTOR}, for the same reason. */
final class SpeckleNoise extends PerImage {

    SpeckleNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        double sigma = parameters[0] * (clean.channels() == 1 ? GaussianNoise.GREY_FACTOR : 1);
        NormalizedGaussianSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        float[] values = clean.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (values[i] * sigma * normal.sample());
        }
        return values;
    }
}
