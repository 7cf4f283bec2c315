package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/** {@code x^g}. */
final class Gamma extends PerImage {

    Gamma(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(Picture clean, double[] parameters, UniformRandomProvider random) {
        float[] values = clean.values();
        // most images have 8 bits: a power is dear, and 256 of them serve all their pixels
        float[] ofLevels = new float[EightBits.LEVELS];
        boolean[] known = new boolean[EightBits.LEVELS];
        for (int i = 0; i < values.length; i++) {
            int level = EightBits.levelOf(values[i]);
            if (level < 0) {
                values[i] = power(values[i], parameters[0]);
                continue;
            }
            if (!known[level]) {
                ofLevels[level] = power(values[i], parameters[0]);
                known[level] = true;
            }
            values[i] = ofLevels[level];
        }
        return values;
    }

    private static float power(float value, double exponent) {
        return (float) StrictMath.pow(Math.max(0, value), exponent);
    }
}
