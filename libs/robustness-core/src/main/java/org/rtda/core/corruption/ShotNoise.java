package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/** {@code Poisson(x c) / c}: c photons make white. */
final class ShotNoise extends ChannelNoise {

    ShotNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    double noisy(double value, double photons, UniformRandomProvider random) {
        return value <= 0 ? 0 : PoissonSampler.of(random, value * photons).sample() / photons;
    }
}
