package org.rtda.nn.pytorch.attack;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.FrozenNetwork;

/**
 * A perturbation of length epsilon that knows nothing of the network, clipped to [0,1]: for L2 uniform on the sphere, for
 * Linf epsilon with a random sign for each value. The control for attacks, which must hurt more.
 */
final class RandomNoise implements Attack {
    private final EpsilonBall ball;

    RandomNoise(AttackParameters parameters) {
        this.ball = parameters.ball();
    }

    @Override
    public Perturbed perturb(
            FrozenNetwork target, ImageBatch images, int[] labels, List<Seed> seeds, Runnable beforeEachPass) {
        AttackedImages attacked = new AttackedImages(target, images, labels, seeds, null, beforeEachPass);
        float[] pixels = attacked.cleanPixels().clone();
        double[] perturbation = new double[attacked.size()];
        for (int image = 0; image < attacked.count(); image++) {
            ball.drawOnSurface(perturbation, attacked.generator(image, 0));
            ball.place(perturbation, attacked.cleanPixels(), pixels, image * attacked.size());
        }
        return attacked.resultWithoutGradients(pixels);
    }
}
