package org.rtda.nn.pytorch.attack;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;

/**
 * Auto-PGD (Croce and Hein, ICML 2020, algorithm 1): projected gradient steps with momentum whose length begins at two
 * epsilon and is halved, going on from the best image so far, at checkpoints where the loss has stopped rising. Begins at a
 * random place. Where the paper and the authors' program differ, as the program: a checkpoint's share of rising steps may
 * equal {@code rho}, the start is on the surface of the ball.
 *
 * <p>Here each image is searched for by all steps and its worst one is returned, also where none fools the network; an
 * image that is wrong already stays as it is, and one that was fooled is not begun again. The last step's gradient, which
 * nothing would use, is not computed.
 */
final class ApgdAttack implements Attack {
    private final AttackParameters parameters;
    private final ApgdLoss objective;
    private final EpsilonBall ball;

    ApgdAttack(AttackParameters parameters, ApgdLoss objective) {
        this.parameters = parameters;
        this.objective = objective;
        this.ball = parameters.ball();
    }

    @Override
    public Perturbed perturb(
            FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, Runnable beforeEachPass) {
        objective.requireClasses(target.architecture().classes());
        AttackedImages attacked =
                new AttackedImages(target, images, labels, seeds, parameters.targetClass(), beforeEachPass);
        WorstImages worst = WorstImages.thatAreNotWrongAlready(attacked);
        int start = 0;
        for (LogitLoss loss : objective.of(attacked)) {
            for (int restart = 0; restart < parameters.restarts(); restart++) {
                int[] standing = worst.standing();
                if (standing.length > 0) {
                    search(attacked, standing, loss, start++, worst);
                }
            }
        }
        return attacked.result(worst.pixels());
    }

    private void search(AttackedImages attacked, int[] chosen, LogitLoss loss, int start, WorstImages worst) {
        int size = attacked.size();
        int steps = parameters.steps();
        float[] pixels = attacked.cleanPixels().clone();
        ApgdImage[] searches = new ApgdImage[chosen.length];
        double[] perturbation = new double[size];
        double[] next = new double[size];
        for (int k = 0; k < chosen.length; k++) {
            ball.drawStretched(perturbation, attacked.generator(chosen[k], start));
            ball.place(perturbation, attacked.cleanPixels(), pixels, chosen[k] * size);
            searches[k] = new ApgdImage(ball, attacked.cleanPixels(), chosen[k] * size, size);
        }
        ApgdCheckpoints checkpoints = new ApgdCheckpoints(steps);
        for (int step = 0; step <= steps; step++) {
            float[][] logits;
            float[] gradient = null;
            if (step < steps) {
                FrozenNetwork.Evaluation evaluation = attacked.evaluate(
                        pixels, chosen, loss, "at step " + (step + 1) + " of " + steps + " in " + ball);
                logits = evaluation.logits();
                gradient = evaluation.gradient();
            } else {
                logits = attacked.logits(pixels, chosen);
            }
            for (int k = 0; k < chosen.length; k++) {
                int image = chosen[k];
                double value = loss.value(logits[k], image);
                worst.offer(image, pixels, value, attacked.fooled(logits[k], image));
                if (gradient != null) {
                    searches[k].arrived(pixels, value, gradient, k * size);
                    if (checkpoints.isAfter(step)) {
                        searches[k].check(checkpoints.stepsBefore(step), pixels);
                    }
                    searches[k].move(pixels, perturbation, next);
                }
            }
        }
    }
}
