package org.rtda.core.corruption;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

/** What every corruption shares: it checks its arguments, treats one image after the other and clips to [0,1]. */
abstract class PerImage implements Corruption {
    private final String name;
    private final CorruptionTable table;

    PerImage(String name, CorruptionTable table) {
        this.name = name;
        this.table = table;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final ImageBatch apply(ImageBatch images, int severity, List<Seed> seeds) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException("severity must be in [1, " + SEVERITIES + "], was " + severity);
        }
        if (seeds.size() != images.count()) {
            throw new IllegalArgumentException("there must be one seed an image, were " + seeds.size() + " seeds and "
                    + images.count() + " images");
        }
        if (images.channels() != 1 && images.channels() != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, was " + images.channels());
        }
        int size = images.imageSize();
        float[] corrupted = new float[images.pixels().length];
        float[] values = new float[size];
        for (int n = 0; n < images.count(); n++) {
            System.arraycopy(images.pixels(), n * size, values, 0, size);
            BatchImage clean = new BatchImage(images.channels(), images.height(), images.width(), values);
            UniformRandomProvider random = seeds.get(n).forPurpose(name).generator();
            float[] result = corrupt(clean, table.parameters(name, severity), random);
            clip(result);
            System.arraycopy(result, 0, corrupted, n * size, size);
        }
        return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), corrupted);
    }

    /**
     * To [0,1], for values below 2^24 exact: the value's positive part less its excess over 1. Vector instructions, which the
     * compiler does not make of comparisons, nor reliably of Math.min and max.
     */
    private static void clip(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            float excess = value - 1;
            values[i] = (value + Math.abs(value)) * 0.5f - (excess + Math.abs(excess)) * 0.5f;
        }
    }

    /**
     * @param clean the corruption's own copy, until it returns
     * @param parameters of the severity, from the table
     * @return C x H x W; may be the clean values' array, and may leave [0,1]
     */
    abstract float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random);
}
