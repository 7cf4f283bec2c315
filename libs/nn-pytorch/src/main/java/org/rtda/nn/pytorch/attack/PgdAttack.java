package org.rtda.nn.pytorch.attack;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;

/**
 * Projected gradient descent (Madry et al., ICLR 2018): steps that raise the objective, each of length
 * {@code stepSize} along the image's normalised gradient (L2) or its sign (Linf), each followed by the projection to the
 * ball and to [0,1]. An image whose gradient is zero everywhere takes no step. Gradients come from the engine; the rest is
 * plain Java in double precision, image by image, so that no image's steps depend on its neighbours'.
 *
 * <p>Begun once, it gives each image as it is after the last step. Begun more often, of those the worst; an image that
 * fools the network is not begun again.
 */
final class PgdAttack implements Attack {
    private final AttackParameters parameters;
    private final EpsilonBall ball;
    private final double stepSize;
    private final boolean randomStart;

    PgdAttack(AttackParameters parameters) {
        this(parameters, parameters.stepSize(), parameters.randomStart());
    }

    private PgdAttack(AttackParameters parameters, double stepSize, boolean randomStart) {
        this.parameters = parameters;
        this.ball = parameters.ball();
        this.stepSize = stepSize;
        this.randomStart = randomStart;
    }

    /**
     * The fast gradient method: one step of length epsilon from the clean image (Goodfellow et al., ICLR 2015, whose sign of
     * the gradient is the form for Linf).
     */
    static PgdAttack oneStep(AttackParameters parameters) {
        return new PgdAttack(parameters, parameters.epsilon(), false);
    }

    @Override
    public Perturbed perturb(
            FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, Runnable beforeEachPass) {
        AttackedImages attacked =
                new AttackedImages(target, images, labels, seeds, parameters.targetClass(), beforeEachPass);
        LogitLoss loss = parameters.objective().of(attacked);
        float[] pixels = attacked.cleanPixels().clone();
        if (parameters.restarts() == 1) {
            begin(attacked, pixels, attacked.all(), 0);
            climb(attacked, loss, pixels, attacked.all());
            return attacked.result(pixels);
        }
        WorstImages worst = new WorstImages(attacked);
        int[] standing = attacked.all();
        for (int start = 0; start < parameters.restarts() && standing.length > 0; start++) {
            begin(attacked, pixels, standing, start);
            climb(attacked, loss, pixels, standing);
            float[][] logits = attacked.logits(pixels, standing);
            for (int k = 0; k < standing.length; k++) {
                int image = standing[k];
                worst.offer(image, pixels, loss.value(logits[k], image), attacked.fooled(logits[k], image));
            }
            standing = worst.standing();
        }
        return attacked.result(worst.pixels());
    }

    /** From a given start: pixels of the images' shape. */
    ImageBatch perturb(FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, float[] start) {
        AttackedImages attacked = new AttackedImages(target, images, labels, seeds, parameters.targetClass(), () -> {});
        float[] pixels = start.clone();
        climb(attacked, parameters.objective().of(attacked), pixels, attacked.all());
        return attacked.result(pixels).images();
    }

    private void begin(AttackedImages attacked, float[] pixels, int[] chosen, int start) {
        if (!randomStart) {
            return;
        }
        double[] perturbation = new double[attacked.size()];
        for (int image : chosen) {
            ball.drawInside(perturbation, attacked.generator(image, start));
            ball.place(perturbation, attacked.cleanPixels(), pixels, image * attacked.size());
        }
    }

    private void climb(AttackedImages attacked, LogitLoss loss, float[] pixels, int[] chosen) {
        int size = attacked.size();
        float[] clean = attacked.cleanPixels();
        double[] perturbation = new double[size];
        for (int step = 1; step <= parameters.steps(); step++) {
            float[] gradient = attacked.evaluate(
                            pixels, chosen, loss, "at step " + step + " of " + parameters.steps() + " in " + ball)
                    .gradient();
            for (int k = 0; k < chosen.length; k++) {
                int offset = chosen[k] * size;
                EpsilonBall.difference(perturbation, pixels, clean, offset);
                ball.advance(perturbation, gradient, k * size, stepSize);
                ball.project(perturbation);
                ball.place(perturbation, clean, pixels, offset);
            }
        }
    }
}
