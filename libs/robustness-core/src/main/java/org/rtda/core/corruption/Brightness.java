package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/** Blends with black: {@code f x}. */
final class Brightness extends PerImage {

    Brightness(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        float[] values = clean.values();
        double factor = parameters[0];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor);
        }
        return values;
    }
}
