package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/** {@code Poisson(x c) / c}: c photons make white. */
final class ShotNoise extends ChannelNoise {

    ShotNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    Noise noise(double photons, UniformRandomProvider random) {
        // to set a sampler up takes longer than to draw from it, and an 8-bit image needs 255 at most
        SharedStateDiscreteSampler[] ofLevels = new SharedStateDiscreteSampler[EightBits.LEVELS];
        return value -> {
            if (value <= 0) {
                return 0;
            }
            int level = EightBits.levelOf(value);
            SharedStateDiscreteSampler sampler = level < 0 ? null : ofLevels[level];
            if (sampler == null) {
                sampler = PoissonSampler.of(random, value * photons);
                if (level >= 0) {
                    ofLevels[level] = sampler;
                }
            }
            return sampler.sample() / photons;
        };
    }
}
