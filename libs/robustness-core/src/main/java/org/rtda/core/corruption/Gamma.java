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
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) StrictMath.pow(Math.max(0, values[i]), parameters[0]);
        }
        return values;
    }
}
