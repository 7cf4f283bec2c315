package org.rtda.nn.pytorch;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

/**
 * Projected gradient descent (Madry et al., ICLR 2018): steps that raise the objective, each of length
 * {@code stepSize} along the image's normalised gradient (L2) or its sign (Linf), each followed by the projection to the
 * ball and to [0,1]. An image whose gradient is zero everywhere takes no step. Gradients come from the engine; the rest is
 * plain Java in double precision, image by image, so that no image's steps depend on its neighbours'.
 */
final class PgdAttack implements Attack {
    /** How far outside [0,1] a pixel may be through rounding. */
    private static final float RANGE_TOLERANCE = 1e-5f;

    private final AttackObjective objective;
    private final Ball ball;
    private final int steps;
    private final double stepSize;
    private final boolean randomStart;

    PgdAttack(AttackObjective objective, Norm norm, double epsilon, int steps, double stepSize, boolean randomStart) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, was " + steps);
        }
        if (!(stepSize >= 0 && stepSize <= 1000)) {
            throw new IllegalArgumentException("stepSize must be in [0, 1000], was " + stepSize);
        }
        if (objective == AttackObjective.KL_DIVERGENCE && !randomStart) {
            throw new IllegalArgumentException(
                    "randomStart must be true with the objective kl-divergence, whose gradient is"
                            + " zero at the clean image, was false");
        }
        this.objective = objective;
        this.ball = new Ball(norm, epsilon);
        this.steps = steps;
        this.stepSize = stepSize;
        this.randomStart = randomStart;
    }

    @Override
    public ImageBatch perturb(FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds) {
        if (seeds.size() != images.count()) {
            throw new IllegalArgumentException(
                    "an attack needs a seed for each of " + images.count() + " images, got " + seeds.size());
        }
        requireRange(images);
        int size = images.imageSize();
        float[] clean = images.pixels();
        float[] start = clean.clone();
        if (randomStart) {
            double[] perturbation = new double[size];
            for (int n = 0; n < images.count(); n++) {
                ball.drawInside(perturbation, seeds.get(n).generator());
                ball.place(perturbation, clean, start, n * size);
            }
        }
        return perturb(target, images, labels, start);
    }

    /** From a given start: pixels of the images' shape. */
    ImageBatch perturb(FrozenNetwork target, ImageBatch images, int[] labels, float[] start) {
        AttackObjective.Raised raised = objective.around(target, images, labels);
        int size = images.imageSize();
        float[] clean = images.pixels();
        float[] adversarial = start.clone();
        double[] perturbation = new double[size];
        for (int step = 1; step <= steps; step++) {
            float[] gradient = target.gradient(withPixels(images, adversarial), raised);
            for (int n = 0; n < images.count(); n++) {
                requireFinite(gradient, n, size, step);
                for (int i = 0; i < size; i++) {
                    perturbation[i] = (double) adversarial[n * size + i] - clean[n * size + i];
                }
                ball.advance(perturbation, gradient, n * size, stepSize);
                ball.project(perturbation);
                ball.place(perturbation, clean, adversarial, n * size);
            }
        }
        return withPixels(images, adversarial);
    }

    @Override
    public int gradientEvaluations() {
        return steps;
    }

    private static ImageBatch withPixels(ImageBatch images, float[] pixels) {
        return new ImageBatch(images.count(), images.channels(), images.height(), images.width(), pixels);
    }

    private static void requireRange(ImageBatch images) {
        float[] pixels = images.pixels();
        for (int i = 0; i < pixels.length; i++) {
            if (!(pixels[i] >= -RANGE_TOLERANCE && pixels[i] <= 1 + RANGE_TOLERANCE)) {
                throw new IllegalArgumentException(
                        "pixels must be in [0, 1], image " + i / images.imageSize() + " holds " + pixels[i]);
            }
        }
    }

    private void requireFinite(float[] gradient, int image, int size, int step) {
        for (int i = image * size; i < (image + 1) * size; i++) {
            if (!Float.isFinite(gradient[i])) {
                throw new NonFiniteException("the gradient of image " + image + " holds " + gradient[i] + " at step "
                        + step + " of " + steps + " in " + ball);
            }
        }
    }
}
