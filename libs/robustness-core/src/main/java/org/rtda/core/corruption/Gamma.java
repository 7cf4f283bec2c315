package org.rtda.core.corruption;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;

/** {@code x^g}. */
final class Gamma extends PerImage {
    /** By exponent: 256 powers take longer than all else that is done to a small image. */
    private static final Map<Double, float[]> OF_LEVELS = new ConcurrentHashMap<>();

    Gamma(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        double exponent = parameters[0];
        EightBits.Change change = value -> power(value, exponent);
        float[] values = clean.values();
        EightBits.change(values, OF_LEVELS.computeIfAbsent(exponent, known -> EightBits.ofLevels(change)), change);
        return values;
    }

    private static float power(float value, double exponent) {
        return (float) StrictMath.pow(Math.max(0, value), exponent);
    }
}
