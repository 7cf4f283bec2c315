package org.rtda.store.batch;

import java.util.Arrays;
import java.util.Optional;
import org.rtda.contracts.Payload;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;

/**
 * The look that whoever asked a worker for a batch takes at it, before anything is trained on it or measured with it. A worker is not
 * believed: it may be broken, of another version, or in the wrong hands.
 */
public final class BatchCheck {
    /** How far beyond [0,1] rounding may bring a pixel. */
    static final double RANGE_TOLERANCE = 1e-6;

    /** As a share of epsilon. */
    static final double NORM_TOLERANCE = 1e-5;

    /** The distance between float32 values just below 1, which a pixel cannot be nearer to than half of. */
    private static final double PIXEL_STEP = 0x1p-24;

    private BatchCheck() {}

    /**
     * To be asked before the batch is read, so that its size is bounded by what was asked for.
     *
     * @param wanted {N, C, H, W}
     */
    public static Optional<BatchFlaw> shape(Payload batch, long[] wanted) {
        return shape(batch.shape(), wanted);
    }

    private static Optional<BatchFlaw> shape(long[] found, long[] wanted) {
        return Arrays.equals(found, wanted)
                ? Optional.empty()
                : Optional.of(new BatchFlaw.Shape(Arrays.toString(found), Arrays.toString(wanted)));
    }

    /** Whether every pixel is in [0,1] up to {@value #RANGE_TOLERANCE}. NaN is not. */
    public static Optional<BatchFlaw> range(ImageBatch batch) {
        float[] pixels = batch.pixels();
        for (int i = 0; i < pixels.length; i++) {
            if (!(pixels[i] >= -RANGE_TOLERANCE && pixels[i] <= 1 + RANGE_TOLERANCE)) {
                return Optional.of(new BatchFlaw.OutsideRange(pixels[i], i / batch.imageSize()));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the images are what this attack may make of the others: the same shape, pixels in [0,1], and each within
     * {@code epsilon * (1 + 1e-5)} of the one that it started from, in the attack's norm and in double precision. A radius below the
     * resolution of float32 pixels may be exceeded by that resolution, which is 2^-24 for each pixel.
     *
     * @param centre what the attack started from
     */
    public static Optional<BatchFlaw> perturbation(AttackSettings attack, ImageBatch centre, ImageBatch adversarial) {
        return shape(adversarial.shape(), centre.shape())
                .or(() -> range(adversarial))
                .or(() -> distance(attack, centre, adversarial));
    }

    private static Optional<BatchFlaw> distance(AttackSettings attack, ImageBatch centre, ImageBatch adversarial) {
        boolean linf = attack.norm().equals("linf");
        int size = centre.imageSize();
        double epsilon = attack.epsilon();
        double limit = Math.max(epsilon * (1 + NORM_TOLERANCE), epsilon + PIXEL_STEP * (linf ? 1 : Math.sqrt(size)));
        for (int image = 0; image < centre.count(); image++) {
            double norm = linf ? largest(centre, adversarial, image) : length(centre, adversarial, image);
            if (norm > limit) {
                return Optional.of(new BatchFlaw.OutsideBall(linf ? "Linf" : "L2", norm, epsilon, image));
            }
        }
        return Optional.empty();
    }

    private static double largest(ImageBatch centre, ImageBatch adversarial, int image) {
        double largest = 0;
        for (int i = image * centre.imageSize(), end = i + centre.imageSize(); i < end; i++) {
            largest = Math.max(largest, Math.abs((double) adversarial.pixels()[i] - centre.pixels()[i]));
        }
        return largest;
    }

    private static double length(ImageBatch centre, ImageBatch adversarial, int image) {
        double squares = 0;
        for (int i = image * centre.imageSize(), end = i + centre.imageSize(); i < end; i++) {
            double difference = (double) adversarial.pixels()[i] - centre.pixels()[i];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
