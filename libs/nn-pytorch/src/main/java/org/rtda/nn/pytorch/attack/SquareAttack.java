package org.rtda.nn.pytorch.attack;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;

/**
 * Square attack (Andriushchenko et al., ECCV 2020, arXiv:1912.00049): a random search that sees logits only. Each query
 * changes a square of the perturbation, which always is as long as the ball allows, and the change is kept when the margin
 * {@code z_y - max_{j != y} z_j} falls; squares grow smaller as queries are spent (p begins at 0.8, schedule of section 4.1
 * stretched to the queries there are). An image that was fooled is asked about no more.
 *
 * <p>Squares lie anywhere in the image; those of the authors' program never touch its last row and column. Every image
 * draws squares of its own. An image that is wrong already stays as it is.
 */
final class SquareAttack implements Attack {
    private final AttackParameters parameters;
    private final EpsilonBall ball;

    SquareAttack(AttackParameters parameters) {
        this.parameters = parameters;
        this.ball = parameters.ball();
    }

    @Override
    public Perturbed perturb(
            FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, Runnable beforeEachPass) {
        AttackedImages attacked = new AttackedImages(target, images, labels, seeds, null, beforeEachPass);
        WorstImages worst = WorstImages.thatAreNotWrongAlready(attacked);
        for (int start = 0; start < parameters.restarts(); start++) {
            int[] standing = worst.standing();
            if (standing.length > 0) {
                search(attacked, standing, start, worst);
            }
        }
        return attacked.resultWithoutGradients(worst.pixels());
    }

    private void search(AttackedImages attacked, int[] chosen, int start, WorstImages worst) {
        int size = attacked.size();
        float[] clean = attacked.cleanPixels();
        LogitLoss margin = new MarginLoss(attacked.labels());
        Squares squares = parameters.norm() == Norm.LINF
                ? new LinfSquares(ball.epsilon(), attacked)
                : new L2Squares(ball, attacked);
        UniformRandomProvider[] generators = new UniformRandomProvider[attacked.count()];
        double[] highest = new double[attacked.count()];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        float[] proposed = clean.clone();
        float[] kept = clean.clone();
        double[] perturbation = new double[size];
        for (int query = 0; query < parameters.steps() && chosen.length > 0; query++) {
            double share = share(query, parameters.steps());
            for (int image : chosen) {
                if (query == 0) {
                    generators[image] = attacked.generator(image, start);
                    squares.begin(perturbation, generators[image]);
                } else {
                    EpsilonBall.difference(perturbation, kept, clean, image * size);
                    squares.change(perturbation, share, generators[image]);
                }
                ball.place(perturbation, clean, proposed, image * size);
            }
            float[][] logits = attacked.logits(proposed, chosen);
            int[] unfinished = new int[chosen.length];
            int count = 0;
            for (int k = 0; k < chosen.length; k++) {
                int image = chosen[k];
                double value = margin.value(logits[k], image);
                boolean fooled = attacked.fooled(logits[k], image);
                if (value > highest[image] || fooled) {
                    highest[image] = value;
                    System.arraycopy(proposed, image * size, kept, image * size, size);
                    worst.offer(image, kept, value, fooled);
                }
                if (!fooled) {
                    unfinished[count++] = image;
                }
            }
            chosen = Arrays.copyOf(unfinished, count);
        }
    }

    /** The part of the image's pixels that a query changes: 0.8, halved as queries are spent. */
    static double share(int query, int queries) {
        int[] halvedAfter = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};
        int ofTenThousand = (int) ((long) query * 10_000 / queries);
        double share = 0.8;
        for (int after : halvedAfter) {
            share = ofTenThousand > after ? share / 2 : share;
        }
        return share;
    }

    /** How a norm's perturbations are begun and changed. One image's, C x H x W. */
    interface Squares {
        void begin(double[] perturbation, UniformRandomProvider generator);

        /** @param share the part of the image's pixels that the square covers, in (0,1] */
        void change(double[] perturbation, double share, UniformRandomProvider generator);
    }
}
