package org.rtda.nn.pytorch.attack;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Algorithm 2 of the Square attack: every value of the perturbation is epsilon or minus epsilon. Begins with vertical
 * stripes, one pixel wide; a change gives a square one sign a channel.
 */
record LinfSquares(double epsilon, int channels, int height, int width) implements SquareAttack.Squares {

    LinfSquares(double epsilon, AttackedImages images) {
        this(epsilon, images.channels(), images.height(), images.width());
    }

    @Override
    public void begin(double[] perturbation, UniformRandomProvider generator) {
        for (int channel = 0; channel < channels; channel++) {
            for (int column = 0; column < width; column++) {
                double value = sign(generator);
                for (int row = 0; row < height; row++) {
                    perturbation[(channel * height + row) * width + column] = value;
                }
            }
        }
    }

    @Override
    public void change(double[] perturbation, double share, UniformRandomProvider generator) {
        int side = Math.max((int) Math.round(Math.sqrt(share * height * width)), 1);
        side = Math.min(side, Math.min(height, width));
        int top = generator.nextInt(height - side + 1);
        int left = generator.nextInt(width - side + 1);
        for (int channel = 0; channel < channels; channel++) {
            double value = sign(generator);
            for (int row = top; row < top + side; row++) {
                int from = (channel * height + row) * width + left;
                Arrays.fill(perturbation, from, from + side, value);
            }
        }
    }

    private double sign(UniformRandomProvider generator) {
        return generator.nextBoolean() ? epsilon : -epsilon;
    }
}
