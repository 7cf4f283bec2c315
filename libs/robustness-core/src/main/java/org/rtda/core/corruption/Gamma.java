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
        EightBits.change(values, value -> power(value, parameters[0]));
        return values;
    }

    private static float power(float value, double exponent) {
        return (float) StrictMath.pow(Math.max(0, value), exponent);
    }
}
