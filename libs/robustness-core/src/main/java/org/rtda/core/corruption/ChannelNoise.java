package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Noise whose grey form is not a rescaled draw: on a grey image it is drawn for three equal channels, whose luma is taken, as
 * MedMNIST-C does.
 */
abstract class ChannelNoise extends PerImage {

    ChannelNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    /** The noise of one image. */
    interface Noise {
        /**
         * One channel's noisy value.
         *
         * @param level of an 8-bit image, -1 where the value has none
         */
        double noisy(float value, int level);
    }

    abstract Noise noise(double parameter, UniformRandomProvider random);

    @Override
    final float[] corrupt(Picture clean, double[] parameters, UniformRandomProvider random) {
        float[] values = clean.values();
        Noise noise = noise(parameters[0], random);
        for (int i = 0; i < values.length; i++) {
            int level = EightBits.levelOf(values[i]);
            if (clean.channels() == 3) {
                values[i] = (float) noise.noisy(values[i], level);
            } else {
                double grey = 0;
                for (double share : Picture.LUMA) {
                    grey += share * Math.min(1, noise.noisy(values[i], level));
                }
                values[i] = (float) grey;
            }
        }
        return values;
    }
}
