package org.rtda.core.augment;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DirichletSampler;
import org.rtda.core.ByteImage;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

/**
 * AugMix (Hendrycks et al., ICLR 2020, algorithm 1): {@code (1 - m) x + m * sum_i w_i chain_i(x)} with w from a
 * Dirichlet and m from a Beta distribution, each chain a few random operations on the 8-bit image. Differs from the
 * reference code in that images are mixed in pixel space (normalisation is the network's first layer), that grey images
 * skip color, and that each operation is resampled bicubically. Safe for use by several threads.
 */
public final class AugMix {
    private static final float[] UNIT = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            UNIT[i] = i / 255f;
        }
    }

    private final AugMixParameters parameters;
    private final List<Operation> forGrey;
    private final List<Operation> forColour;

    public AugMix(AugMixParameters parameters) {
        this.parameters = parameters;
        this.forGrey = Operations.forImages(1, parameters.allOperations());
        this.forColour = Operations.forImages(3, parameters.allOperations());
    }

    /** The operations that a chain may apply to an image of some kind. */
    public static List<String> operations() {
        return Operations.names();
    }

    /**
     * One view of one image.
     *
     * @param clean the image after the pre-augmentation
     * @return C x H x W, row-major, in [0,1]; a function of the arguments and parameters alone
     */
    public float[] mix(ByteImage clean, Seed seed) {
        float[] mixed = new float[clean.data().length];
        mix(clean, seed, mixed, 0);
        return mixed;
    }

    /** One view of each image of one shape, image i with seed i. */
    public ImageBatch mix(List<ByteImage> clean, List<Seed> seeds) {
        if (clean.isEmpty() || clean.size() != seeds.size()) {
            throw new IllegalArgumentException("there must be one seed an image and at least one image, were "
                    + seeds.size() + " seeds and " + clean.size() + " images");
        }
        ByteImage first = clean.get(0);
        int size = first.data().length;
        float[] pixels = new float[clean.size() * size];
        for (int n = 0; n < clean.size(); n++) {
            ByteImage image = clean.get(n);
            if (image.channels() != first.channels()
                    || image.height() != first.height()
                    || image.width() != first.width()) {
                throw new IllegalArgumentException(
                        "images of a batch must have one shape, image 0 was " + first + ", image " + n + " " + image);
            }
            mix(image, seeds.get(n), pixels, n * size);
        }
        return new ImageBatch(clean.size(), first.channels(), first.height(), first.width(), pixels);
    }

    private void mix(ByteImage clean, Seed seed, float[] target, int offset) {
        UniformRandomProvider random = seed.forPurpose("augmix").generator();
        Mixture mixture = Mixture.draw(random, parameters.width(), parameters.alpha());
        MappedImage image = MappedImage.of(clean);
        int last = mixture.weights().length - 1;
        for (int i = 0; i < last; i++) {
            add(chain(image, random), mixture.weights()[i], target, offset);
        }
        finish(image, chain(image, random), mixture.weights()[last], mixture.m(), target, offset);
    }

    private static void add(MappedImage chain, float weight, float[] sums, int offset) {
        byte[] stored = chain.stored();
        for (int channel = 0; channel < chain.channels(); channel++) {
            float[] units = units(chain, channel, weight);
            for (int i = channel * chain.size(), end = i + chain.size(); i < end; i++) {
                sums[offset + i] += units[stored[i] & 0xff];
            }
        }
    }

    /** The last chain and the clean image in one pass. */
    private static void finish(MappedImage clean, MappedImage chain, float weight, float m, float[] sums, int offset) {
        byte[] original = clean.stored();
        byte[] stored = chain.stored();
        for (int channel = 0; channel < chain.channels(); channel++) {
            float[] cleanUnits = units(clean, channel, 1 - m);
            float[] units = units(chain, channel, weight);
            for (int i = channel * chain.size(), end = i + chain.size(); i < end; i++) {
                float sum = sums[offset + i] + units[stored[i] & 0xff];
                float value = cleanUnits[original[i] & 0xff] + m * sum;
                sums[offset + i] = Math.min(value, 1f); // rounding may leave the sum of the weights a bit above 1
            }
        }
    }

    /** What each stored value adds to a pixel in unit range. */
    private static float[] units(MappedImage image, int channel, float weight) {
        byte[] table = image.table(channel);
        float[] units = new float[256];
        for (int i = 0; i < 256; i++) {
            units[i] = weight * UNIT[table[i] & 0xff];
        }
        return units;
    }

    private MappedImage chain(MappedImage clean, UniformRandomProvider random) {
        List<Operation> operations = clean.channels() == 1 ? forGrey : forColour;
        int depth = parameters.depth() > 0 ? parameters.depth() : 1 + random.nextInt(3);
        MappedImage image = clean;
        for (int i = 0; i < depth; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            double level = level(random);
            boolean negative = random.nextBoolean();
            image = operation.apply(image, level, negative);
        }
        return image;
    }

    private double level(UniformRandomProvider random) {
        return Level.LOWEST + (parameters.severity() - Level.LOWEST) * random.nextDouble();
    }

    /** How much of each chain, and how much of all of them against the clean image. */
    record Mixture(float[] weights, float m) {

        static Mixture draw(UniformRandomProvider random, int width, double alpha) {
            float[] weights = new float[width];
            if (width == 1) {
                weights[0] = 1;
            } else {
                double[] drawn =
                        DirichletSampler.symmetric(random, width, alpha).sample();
                for (int i = 0; i < width; i++) {
                    weights[i] = (float) drawn[i];
                }
            }
            // the first of two Dirichlet shares has the distribution Beta(alpha, alpha)
            double m = DirichletSampler.symmetric(random, 2, alpha).sample()[0];
            return new Mixture(weights, (float) m);
        }
    }
}
