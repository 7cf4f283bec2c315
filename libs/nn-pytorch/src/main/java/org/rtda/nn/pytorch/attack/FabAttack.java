package org.rtda.nn.pytorch.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;

/**
 * Fast adaptive boundary attack (Croce and Hein, ICML 2020, arXiv:1907.02044, algorithm 1): each step goes to where the
 * nearest boundary to another class would be were the network linear, a little of it from the clean image, so that the
 * image comes to lie on the boundary close to the clean one; after each success it goes back a part of the way.
 * {@code alpha_max = 0.1}, {@code beta = 0.9}, {@code eta = 1.05}, three steps of final search. Untargeted, every wrong
 * class is looked at in each step; targeted, the likeliest ones (at most nine) have a search each, as in AutoAttack.
 *
 * <p>FAB seeks the smallest perturbation, an {@link Attack} any within epsilon: so here a search ends for an image that has
 * one, and an image without one is returned as it was. The first start is the clean image; further ones are random at half
 * of epsilon. An image that is wrong already stays as it is.
 */
final class FabAttack implements Attack {
    private static final double LARGEST_ALPHA = 0.1;
    private static final double OVERSHOOT = 1.05;
    private static final double BACKWARD = 0.9;
    private static final int FINAL_STEPS = 3;
    /** As in the authors' program: keep gradients and ways of zero from dividing by zero. */
    private static final double SMALLEST_NORM = 1e-12;

    private static final double SMALLEST_WAY = 1e-8;

    private final AttackParameters parameters;
    private final EpsilonBall ball;
    private final boolean targeted;

    FabAttack(AttackParameters parameters, boolean targeted) {
        this.parameters = parameters;
        this.ball = parameters.ball();
        this.targeted = targeted;
    }

    @Override
    public Perturbed perturb(
            FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, Runnable beforeEachPass) {
        AttackedImages attacked = new AttackedImages(target, images, labels, seeds, null, beforeEachPass);
        WorstImages worst = WorstImages.thatAreNotWrongAlready(attacked);
        List<int[]> classes = targeted ? TargetClasses.likeliestFirst(attacked) : wrongClasses(attacked);
        List<List<int[]>> turns = targeted ? classes.stream().map(List::of).toList() : List.of(classes);
        for (int turn = 0; turn < turns.size(); turn++) {
            for (int restart = 0; restart < parameters.restarts(); restart++) {
                int[] standing = worst.standing();
                if (standing.length > 0) {
                    new Search(attacked, standing, turns.get(turn), worst)
                            .run(restart == 0 ? 0 : turn * parameters.restarts() + restart);
                }
            }
        }
        return attacked.result(worst.pixels());
    }

    /** The first of each image's wrong classes, then the second of each, and so on. */
    private static List<int[]> wrongClasses(AttackedImages attacked) {
        List<int[]> classes = new ArrayList<>();
        for (int j = 0; j < attacked.classes() - 1; j++) {
            int[] others = new int[attacked.count()];
            for (int image = 0; image < others.length; image++) {
                others[image] = j < attacked.labels()[image] ? j : j + 1;
            }
            classes.add(others);
        }
        return classes;
    }

    private final class Search {
        private final AttackedImages attacked;
        private final List<int[]> classes;
        private final WorstImages worst;
        private final int size;
        private final float[] clean;
        private final float[] pixels;
        /** Where an image was closest to the clean one while it fooled the network, and how close. */
        private final float[] closest;

        private final double[] shortest;
        private int[] chosen;

        // of the chosen images, in their order: the plane that stands for the nearest boundary, z_t - z_y and its
        // gradient
        private double[] difference;
        private float[] normal;

        Search(AttackedImages attacked, int[] chosen, List<int[]> classes, WorstImages worst) {
            this.attacked = attacked;
            this.chosen = chosen;
            this.classes = classes;
            this.worst = worst;
            this.size = attacked.size();
            this.clean = attacked.cleanPixels();
            this.pixels = clean.clone();
            this.closest = clean.clone();
            this.shortest = new double[attacked.count()];
            Arrays.fill(shortest, Double.POSITIVE_INFINITY);
        }

        void run(int start) {
            if (start > 0) {
                begin(start);
            }
            double[] fromHere = new double[size];
            double[] fromClean = new double[size];
            for (int step = 1; step <= parameters.steps() && chosen.length > 0; step++) {
                findPlanes("at step " + step + " of " + parameters.steps() + " in " + ball);
                for (int k = 0; k < chosen.length; k++) {
                    move(k, fromHere, fromClean);
                }
                settle(fromHere, attacked.logits(pixels, chosen));
            }
            searchFinally(fromHere);
        }

        private void begin(int start) {
            EpsilonBall half = new EpsilonBall(parameters.norm(), ball.epsilon() / 2);
            double[] perturbation = new double[size];
            for (int image : chosen) {
                half.drawStretched(perturbation, attacked.generator(image, start));
                half.place(perturbation, clean, pixels, image * size);
            }
        }

        private void findPlanes(String where) {
            difference = new double[chosen.length];
            double[] nearest = new double[chosen.length];
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            for (int[] others : classes) {
                LogitLoss loss = new LogitDifferenceLoss(attacked.labels(), others);
                FrozenNetwork.Evaluation evaluation = attacked.evaluate(pixels, chosen, loss, where);
                if (others == classes.get(0)) {
                    normal = evaluation.gradient().clone();
                }
                for (int k = 0; k < chosen.length; k++) {
                    double value = loss.value(evaluation.logits()[k], chosen[k]);
                    double distance = Math.abs(value) / (SMALLEST_NORM + dualNorm(evaluation.gradient(), k * size));
                    if (distance < nearest[k]) {
                        nearest[k] = distance;
                        difference[k] = value;
                        System.arraycopy(evaluation.gradient(), k * size, normal, k * size, size);
                    }
                }
            }
        }

        /** Of the norm in which a perturbation is measured: L2 of itself, of Linf the sum of absolute values. */
        private double dualNorm(float[] gradient, int offset) {
            double sum = 0;
            for (int i = offset; i < offset + size; i++) {
                sum += parameters.norm() == Norm.L2 ? (double) gradient[i] * gradient[i] : Math.abs(gradient[i]);
            }
            return parameters.norm() == Norm.L2 ? Math.sqrt(sum) : sum;
        }

        private void move(int k, double[] fromHere, double[] fromClean) {
            int offset = chosen[k] * size;
            // the plane is where z_t - z_y would be 0; the clean image is beyond it by as much more as it is away
            double between = 0;
            for (int i = 0; i < size; i++) {
                between += normal[k * size + i] * ((double) clean[offset + i] - pixels[offset + i]);
            }
            Hyperplane.approach(parameters.norm(), pixels, offset, normal, k * size, difference[k], fromHere);
            Hyperplane.approach(parameters.norm(), clean, offset, normal, k * size, difference[k] + between, fromClean);
            double here = Math.max(ball.length(fromHere), SMALLEST_WAY);
            double there = Math.max(ball.length(fromClean), SMALLEST_WAY);
            double alpha = Math.min(here / (here + there), LARGEST_ALPHA);
            for (int i = 0; i < size; i++) {
                double value = (1 - alpha) * (pixels[offset + i] + OVERSHOOT * fromHere[i])
                        + alpha * (clean[offset + i] + OVERSHOOT * fromClean[i]);
                pixels[offset + i] = (float) Math.max(0, Math.min(1, value));
            }
        }

        /** Keeps what fools the network, goes back a part of the way from there, and ends where it is close enough. */
        private void settle(double[] perturbation, float[][] logits) {
            int[] unfinished = new int[chosen.length];
            int count = 0;
            for (int k = 0; k < chosen.length; k++) {
                int image = chosen[k];
                boolean finished = false;
                if (attacked.fooled(logits[k], image)) {
                    finished = keepIfCloser(image, perturbation);
                    for (int i = image * size; i < (image + 1) * size; i++) {
                        pixels[i] = (float) (clean[i] + BACKWARD * ((double) pixels[i] - clean[i]));
                    }
                }
                if (!finished) {
                    unfinished[count++] = image;
                }
            }
            chosen = Arrays.copyOf(unfinished, count);
        }

        private boolean keepIfCloser(int image, double[] perturbation) {
            EpsilonBall.difference(perturbation, pixels, clean, image * size);
            double length = ball.length(perturbation);
            if (length < shortest[image]) {
                shortest[image] = length;
                System.arraycopy(pixels, image * size, closest, image * size, size);
                if (length <= ball.epsilon()) {
                    worst.offer(image, pixels, -length, true);
                }
            }
            return shortest[image] <= ball.epsilon();
        }

        /**
         * From what was found too far away: three times to where the boundary would lie, were the margin linear on the way
         * between the closest image that fools the network and one nearer to the clean image that does not.
         */
        private void searchFinally(double[] perturbation) {
            chosen = Arrays.stream(chosen)
                    .filter(image -> shortest[image] < Double.POSITIVE_INFINITY)
                    .toArray();
            if (chosen.length == 0) {
                return;
            }
            LogitLoss margin = new MarginLoss(attacked.labels());
            float[] inside = clean.clone();
            float[][] found = attacked.logits(closest, chosen);
            double[] outsideMargin = new double[attacked.count()];
            double[] insideMargin = new double[attacked.count()];
            for (int k = 0; k < chosen.length; k++) {
                int image = chosen[k];
                outsideMargin[image] = margin.value(found[k], image);
                insideMargin[image] = margin.value(attacked.cleanLogits()[image], image);
            }
            for (int step = 0; step < FINAL_STEPS && chosen.length > 0; step++) {
                for (int image : chosen) {
                    double between = outsideMargin[image] - insideMargin[image];
                    double inward = between > 0 ? outsideMargin[image] / between : 0.5;
                    for (int i = image * size; i < (image + 1) * size; i++) {
                        pixels[i] = (float) (closest[i] + inward * ((double) inside[i] - closest[i]));
                    }
                }
                float[][] logits = attacked.logits(pixels, chosen);
                int[] before = chosen;
                for (int k = 0; k < before.length; k++) {
                    int image = before[k];
                    double value = margin.value(logits[k], image);
                    if (attacked.fooled(logits[k], image)) {
                        outsideMargin[image] = value;
                    } else {
                        insideMargin[image] = value;
                        System.arraycopy(pixels, image * size, inside, image * size, size);
                    }
                }
                settle(perturbation, logits);
            }
        }
    }
}
