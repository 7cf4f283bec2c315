package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/** Salt and pepper: the given share of values becomes 0 or 1, both alike. */
final class ImpulseNoise extends ChannelNoise {

    ImpulseNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    Noise noise(double share, UniformRandomProvider random) {
        return (value, level) -> {
            boolean hit = random.nextDouble() < share;
            boolean salt = random.nextBoolean();
            return !hit ? value : salt ? 1 : 0;
        };
    }
}
