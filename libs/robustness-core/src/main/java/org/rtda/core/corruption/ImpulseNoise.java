package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Salt and pepper: the given share of values becomes 0 or 1, both alike. On a grey image it is drawn for three equal channels, whose
 * luma is taken, as MedMNIST-C does.
 */
final class ImpulseNoise extends PerImage {

    ImpulseNoise(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        float[] values = clean.values();
        // a uniform double is a 53-bit number in 2^-53: below the share where that number is below this one
        long limit = (long) Math.ceil(parameters[0] * 0x1p53);
        boolean grey = clean.channels() == 1;
        for (int i = 0; i < values.length; i++) {
            if (grey) {
                int first = draw(random, limit);
                int second = draw(random, limit);
                int third = draw(random, limit);
                // hits are rare: to ask once for all three channels is faster
                if ((first | second | third) != 0) {
                    values[i] = (float)
                            BatchImage.luma(noisy(values[i], first), noisy(values[i], second), noisy(values[i], third));
                }
            } else {
                values[i] = noisy(values[i], draw(random, limit));
            }
        }
        return values;
    }

    /** Not 0 for a hit, then above 0 for salt. */
    private static int draw(UniformRandomProvider random, long limit) {
        boolean hit = random.nextLong() >>> 11 < limit;
        boolean salt = random.nextBoolean();
        return hit ? salt ? 1 : -1 : 0;
    }

    private static float noisy(float value, int draw) {
        return draw == 0 ? value : draw > 0 ? 1 : 0;
    }
}
