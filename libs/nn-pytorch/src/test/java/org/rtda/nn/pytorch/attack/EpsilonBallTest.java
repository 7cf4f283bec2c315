package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtda.core.Seed;

class EpsilonBallTest {

    @Test
    void anL2StepHasTheStepSizeAlongTheGradient() {
        double[] perturbation = {0, 0};
        new EpsilonBall(Norm.L2, 1).advance(perturbation, new float[] {3, 4}, 0, 0.5);
        assertThat(perturbation[0]).isCloseTo(0.3, within(1e-15));
        assertThat(perturbation[1]).isCloseTo(0.4, within(1e-15));
    }

    @Test
    void anLinfStepFollowsTheSignOfEachValue() {
        double[] perturbation = {0.1, 0.1, 0.1};
        new EpsilonBall(Norm.LINF, 1).advance(perturbation, new float[] {9, 9, -2, 1e-30f, 0}, 2, 0.5);
        assertThat(perturbation).containsExactly(-0.4, 0.6, 0.1);
    }

    @Test
    void aTinyGradientStillGivesAFullL2Step() {
        double[] perturbation = {0, 0};
        new EpsilonBall(Norm.L2, 1).advance(perturbation, new float[] {3e-30f, 4e-30f}, 0, 1);
        assertThat(perturbation[0]).isCloseTo(0.6, within(1e-6));
        assertThat(perturbation[1]).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void aZeroGradientGivesNoStep() {
        double[] perturbation = {0.1, 0.2};
        new EpsilonBall(Norm.L2, 1).advance(perturbation, new float[] {0, 0}, 0, 1);
        assertThat(perturbation).containsExactly(0.1, 0.2);
    }

    @Test
    void projectionKeepsTheDirectionForL2AndClipsForLinf() {
        double[] l2 = {3, 4};
        new EpsilonBall(Norm.L2, 1).project(l2);
        assertThat(l2[0]).isCloseTo(0.6, within(1e-15));
        assertThat(l2[1]).isCloseTo(0.8, within(1e-15));
        double[] linf = {3, -0.5};
        new EpsilonBall(Norm.LINF, 1).project(linf);
        assertThat(linf).containsExactly(1, -0.5);
    }

    @Test
    void projectionLeavesWhatIsInside() {
        double[] perturbation = {0.3, 0.4};
        new EpsilonBall(Norm.L2, 1).project(perturbation);
        assertThat(perturbation).containsExactly(0.3, 0.4);
    }

    @Test
    void roundingToFloatNeverLeavesTheBall() {
        double epsilon = 1e-3;
        double[] perturbation = new double[1000];
        float[] clean = new float[1000];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = 0.25f + i / 2000f;
            perturbation[i] = i % 2 == 0 ? epsilon : -epsilon;
        }
        float[] adversarial = clean.clone();
        new EpsilonBall(Norm.LINF, epsilon).place(perturbation, clean, adversarial, 0);
        for (int i = 0; i < clean.length; i++) {
            assertThat(Math.abs((double) adversarial[i] - clean[i]))
                    .isLessThanOrEqualTo(epsilon)
                    .isCloseTo(epsilon, within(1e-7));
        }
    }

    @Test
    void pixelsStayInRange() {
        float[] clean = {0f, 1f};
        float[] adversarial = clean.clone();
        new EpsilonBall(Norm.LINF, 1).place(new double[] {-0.5, 0.5}, clean, adversarial, 0);
        assertThat(adversarial).containsExactly(0f, 1f);
    }

    @Test
    void l2StartsAreUniformInTheBall() {
        // in two dimensions the square of the radius is uniform: its mean is one half
        EpsilonBall ball = new EpsilonBall(Norm.L2, 1);
        double squares = 0;
        double[] sums = new double[2];
        double[] perturbation = new double[2];
        for (int i = 0; i < 4000; i++) {
            ball.drawInside(perturbation, new Seed(7).forIndex(i).generator());
            squares += perturbation[0] * perturbation[0] + perturbation[1] * perturbation[1];
            sums[0] += perturbation[0];
            sums[1] += perturbation[1];
        }
        assertThat(squares / 4000).isCloseTo(0.5, within(0.02));
        assertThat(sums[0] / 4000).isCloseTo(0, within(0.04));
        assertThat(sums[1] / 4000).isCloseTo(0, within(0.04));
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void startsAreInsideTheBallAndRepeat(Norm norm) {
        EpsilonBall ball = new EpsilonBall(norm, 0.5);
        double[] once = new double[100];
        double[] again = new double[100];
        ball.drawInside(once, new Seed(3).generator());
        ball.drawInside(again, new Seed(3).generator());
        assertThat(once).containsExactly(again);
        double[] projected = once.clone();
        ball.project(projected);
        assertThat(projected).containsExactly(once);
    }

    @Test
    void aRadiusThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> new EpsilonBall(Norm.L2, Double.NaN))
                .hasMessage("epsilon must be in [0, 1000], was NaN");
    }
}
