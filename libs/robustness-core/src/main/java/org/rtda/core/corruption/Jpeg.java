package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * What baseline JPEG (ITU-T T.81) at a quality of libjpeg's scale leaves of an image: rounded to 8 bits, transformed, quantised
 * with the tables of annex K, and back. Entropy coding loses nothing and is left out. RGB is coded as YCbCr with halved
 * chroma (4:2:0), Pillow's default.
 */
final class Jpeg extends PerImage {
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
                99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99,
        99, 99, 99, 99, 99, 99
    };
    private static final int HALF = 1 << 15;

    Jpeg(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        int quality = (int) parameters[0];
        int[] samples = new int[clean.values().length];
        for (int i = 0; i < samples.length; i++) {
            float value = clean.values()[i];
            int level = EightBits.levelOf(value);
            samples[i] = level >= 0 ? level : clipped(Math.round(value * 255));
        }
        int[] decoded = clean.channels() == 3
                ? colour(samples, clean.height(), clean.width(), quality)
                : new JpegPlane(clean.height(), clean.width(), samples)
                        .roundTrip(steps(LUMINANCE, quality))
                        .samples();
        float[] values = new float[decoded.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = EightBits.valueOf(decoded[i]);
        }
        return values;
    }

    /** The Independent JPEG Group's scale: 50 is the table itself, 100 all ones. */
    static int[] steps(int[] table, int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] steps = new int[64];
        for (int i = 0; i < 64; i++) {
            steps[i] = Math.max(1, Math.min(255, (table[i] * percent + 50) / 100));
        }
        return steps;
    }

    private static int[] colour(int[] rgb, int height, int width, int quality) {
        int size = height * width;
        int[] luma = new int[size];
        int[] blueness = new int[size];
        int[] redness = new int[size];
        for (int i = 0; i < size; i++) {
            int red = rgb[i];
            int green = rgb[size + i];
            int blue = rgb[2 * size + i];
            luma[i] = (fixed(0.299) * red + fixed(0.587) * green + fixed(0.114) * blue + HALF) >> 16;
            int middle = (128 << 16) + HALF - 1;
            blueness[i] = (-fixed(0.168735892) * red - fixed(0.331264108) * green + fixed(0.5) * blue + middle) >> 16;
            redness[i] = (fixed(0.5) * red - fixed(0.418687589) * green - fixed(0.081312411) * blue + middle) >> 16;
        }
        int[] y = new JpegPlane(height, width, luma)
                .roundTrip(steps(LUMINANCE, quality))
                .samples();
        int[] cb = chroma(new JpegPlane(height, width, blueness), quality);
        int[] cr = chroma(new JpegPlane(height, width, redness), quality);
        int[] decoded = new int[3 * size];
        for (int i = 0; i < size; i++) {
            int b = cb[i] - 128;
            int r = cr[i] - 128;
            decoded[i] = clipped(y[i] + ((fixed(1.402) * r + HALF) >> 16));
            decoded[size + i] = clipped(y[i] + ((-fixed(0.344136286) * b - fixed(0.714136286) * r + HALF) >> 16));
            decoded[2 * size + i] = clipped(y[i] + ((fixed(1.772) * b + HALF) >> 16));
        }
        return decoded;
    }

    private static int[] chroma(JpegPlane plane, int quality) {
        return plane.halved()
                .roundTrip(steps(CHROMINANCE, quality))
                .doubled(plane.height(), plane.width())
                .samples();
    }

    private static int fixed(double constant) {
        return (int) (constant * (1 << 16) + 0.5);
    }

    private static int clipped(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
