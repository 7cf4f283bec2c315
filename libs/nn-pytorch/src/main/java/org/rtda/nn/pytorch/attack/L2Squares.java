package org.rtda.nn.pytorch.attack;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Algorithm 3 of the Square attack: a perturbation is made of squares, each with a hill in one half and a hollow in the
 * other (equation 2 of its section 4.3). Begins with five by five of them. A change takes the length of one window away,
 * and gives it, with what the perturbation as a whole may still grow by, to another window, where a new square is added
 * to what was there.
 */
record L2Squares(EpsilonBall ball, int channels, int height, int width) implements SquareAttack.Squares {
    private static final int TILES = 5;
    private static final int SMALLEST_SIDE = 3;
    private static final double SMALLEST_NORM = 1e-12;

    L2Squares(EpsilonBall ball, AttackedImages images) {
        this(ball, images.channels(), images.height(), images.width());
    }

    @Override
    public void begin(double[] perturbation, UniformRandomProvider generator) {
        Arrays.fill(perturbation, 0);
        int least = Math.min(height, width);
        int side = Math.max(least / TILES, 1);
        int tiles = Math.min(TILES, least);
        int top = (height - side * tiles) / 2;
        int left = (width - side * tiles) / 2;
        for (int row = 0; row < tiles; row++) {
            for (int column = 0; column < tiles; column++) {
                double[] square = square(side, generator.nextBoolean());
                for (int channel = 0; channel < channels; channel++) {
                    int sign = generator.nextBoolean() ? 1 : -1;
                    for (int i = 0; i < side * side; i++) {
                        int at = at(channel, top + row * side + i / side, left + column * side + i % side);
                        perturbation[at] = sign * square[i];
                    }
                }
            }
        }
        ball.stretch(perturbation);
    }

    @Override
    public void change(double[] perturbation, double share, UniformRandomProvider generator) {
        int side = Math.max((int) Math.round(Math.sqrt(share * height * width)), SMALLEST_SIDE);
        side = Math.min(side + 1 - side % 2, Math.min(height, width));
        int top = generator.nextInt(height - side + 1);
        int left = generator.nextInt(width - side + 1);
        int otherTop = generator.nextInt(height - side + 1);
        int otherLeft = generator.nextInt(width - side + 1);
        double length = ball.length(perturbation);
        double unused = Math.max(ball.epsilon() * ball.epsilon() - length * length, 0) / channels;
        double[] square = square(side, generator.nextBoolean());
        for (int channel = 0; channel < channels; channel++) {
            int sign = generator.nextBoolean() ? 1 : -1;
            double here = 0;
            double both = 0;
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double value = perturbation[at(channel, row, column)];
                    boolean inFirst = isWithin(row, top, side) && isWithin(column, left, side);
                    boolean inOther = isWithin(row, otherTop, side) && isWithin(column, otherLeft, side);
                    here += inFirst ? value * value : 0;
                    both += inFirst || inOther ? value * value : 0;
                }
            }
            double[] added = new double[side * side];
            double squares = 0;
            for (int i = 0; i < added.length; i++) {
                double old = perturbation[at(channel, top + i / side, left + i % side)];
                added[i] = sign * square[i] + old / (SMALLEST_NORM + Math.sqrt(here));
                squares += added[i] * added[i];
            }
            double factor = Math.sqrt(unused + both) / (SMALLEST_NORM + Math.sqrt(squares));
            for (int i = 0; i < added.length; i++) {
                perturbation[at(channel, otherTop + i / side, otherLeft + i % side)] = 0;
            }
            for (int i = 0; i < added.length; i++) {
                perturbation[at(channel, top + i / side, left + i % side)] = factor * added[i];
            }
        }
        ball.stretch(perturbation);
    }

    /** A hill above a hollow, or beside it; side x side values of L2 norm 1. */
    static double[] square(int side, boolean beside) {
        double[] square = new double[side * side];
        int half = side / 2;
        addHill(square, side, 0, half, 1);
        addHill(square, side, half, side, -1);
        double squares = 0;
        for (double value : square) {
            squares += value * value;
        }
        double[] result = new double[square.length];
        for (int i = 0; i < square.length; i++) {
            int from = beside ? i % side * side + i / side : i;
            result[i] = square[from] / Math.sqrt(squares);
        }
        return result;
    }

    /** Rows {@code from} to {@code to}: windows that grow around the middle, the k-th of height {@code 1 / k^2}; of norm 1. */
    private static void addHill(double[] square, int side, int from, int to, int sign) {
        int rows = to - from;
        double[] hill = new double[rows * side];
        int middleRow = rows / 2;
        int middleColumn = side / 2;
        double squares = 0;
        for (int i = 0; i < hill.length; i++) {
            int away = Math.max(Math.abs(i / side - middleRow), Math.abs(i % side - middleColumn));
            for (int k = away; k <= Math.max(middleRow, middleColumn); k++) {
                hill[i] += 1.0 / ((k + 1) * (k + 1));
            }
            squares += hill[i] * hill[i];
        }
        for (int i = 0; i < hill.length; i++) {
            square[from * side + i] = sign * hill[i] / Math.sqrt(squares);
        }
    }

    private static boolean isWithin(int at, int from, int side) {
        return at >= from && at < from + side;
    }

    private int at(int channel, int row, int column) {
        return (channel * height + row) * width + column;
    }
}
