package org.rtda.core.corruption;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * {@code Poisson(x c) / c}: c photons make white. On a grey image it is drawn for three equal channels, whose luma is taken, as
 * MedMNIST-C does.
 */
final class ShotNoise extends PerImage {
    private static final Map<Double, Photons> KNOWN = new ConcurrentHashMap<>();

    ShotNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        Photons photons = KNOWN.computeIfAbsent(parameters[0], Photons::of);
        boolean grey = clean.channels() == 1;
        float[] values = clean.values();
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (value <= 0) {
                values[i] = 0;
                continue;
            }
            int level = EightBits.levelOf(value);
            if (level >= 0) {
                PoissonTable table = photons.ofLevels[level];
                double first = photons.brightness[table.draw(random)];
                values[i] = (float)
                        (grey
                                ? BatchImage.luma(
                                        first,
                                        photons.brightness[table.draw(random)],
                                        photons.brightness[table.draw(random)])
                                : first);
            } else {
                SharedStateDiscreteSampler sampler = PoissonSampler.of(random, value * photons.white);
                double first = photons.brightnessOf(sampler.sample());
                values[i] = (float)
                        (grey
                                ? BatchImage.luma(
                                        first,
                                        photons.brightnessOf(sampler.sample()),
                                        photons.brightnessOf(sampler.sample()))
                                : first);
            }
        }
        return values;
    }

    /**
     * What is known once it is known how many photons make white.
     *
     * @param ofLevels draws of each level of 8-bit images but 0: a draw is a look-up (6 times as fast as by rejection)
     * @param brightness of each count that these draw
     */
    private record Photons(double white, PoissonTable[] ofLevels, double[] brightness) {

        static Photons of(double white) {
            PoissonTable[] ofLevels = new PoissonTable[EightBits.LEVELS];
            for (int level = 1; level < EightBits.LEVELS; level++) {
                ofLevels[level] = new PoissonTable(EightBits.valueOf(level) * white);
            }
            double[] brightness = new double[PoissonTable.HIGHEST_COUNT + 1];
            for (int count = 0; count < brightness.length; count++) {
                brightness[count] = brightness(count, white);
            }
            return new Photons(white, ofLevels, brightness);
        }

        double brightnessOf(int count) {
            return brightness(count, white);
        }

        private static double brightness(int count, double white) {
            return Math.min(1, count / white);
        }
    }
}
