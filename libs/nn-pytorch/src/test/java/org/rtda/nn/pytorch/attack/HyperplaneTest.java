package org.rtda.nn.pytorch.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HyperplaneTest {
    private static final Offset<Double> EXACT = within(1e-8);

    @Test
    void anL2WayGoesAlongTheNormal() {
        assertThat(way(Norm.L2, 0.5, new float[] {0.5f, 0.5f}, 3, 4))
                .containsExactly(new double[] {-0.06, -0.08}, EXACT);
    }

    @Test
    void anLinfWayChangesAllPixelsAlike() {
        assertThat(way(Norm.LINF, 0.7, new float[] {0.5f, 0.5f}, 3, -4))
                .containsExactly(new double[] {-0.1, 0.1}, EXACT);
    }

    @Test
    void whatAPixelAtItsBorderCannotGiveTheOthersDo() {
        // the first gives 3 * 0.125, the other 0.625 - 0.375 = 0.25 = 4 * 0.0625
        assertThat(way(Norm.L2, 0.625, new float[] {0.03125f, 0.5f}, 12, 4))
                .containsExactly(new double[] {-0.03125, -0.0625}, EXACT);
        assertThat(way(Norm.LINF, 0.5, new float[] {0.03125f, 0.5f}, 8, 4))
                .containsExactly(new double[] {-0.03125, -0.0625}, EXACT);
    }

    @Test
    void fromTheOtherSideTheWayIsTheOtherWay() {
        assertThat(way(Norm.L2, -0.5, new float[] {0.5f, 0.5f}, 3, 4))
                .containsExactly(new double[] {0.06, 0.08}, EXACT);
    }

    @Test
    void aPlaneOutsideTheRangeIsApproachedAsFarAsItGoes() {
        assertThat(way(Norm.L2, 100, new float[] {0.25f, 0.5f}, 3, -4)).containsExactly(-0.25, 0.5);
        assertThat(way(Norm.LINF, 100, new float[] {0.25f, 0.5f}, 3, -4)).containsExactly(-0.25, 0.5);
    }

    @Test
    void aPixelThatDoesNotMatterStays() {
        assertThat(way(Norm.LINF, 0.5, new float[] {0.5f, 0.5f}, 0, 5)).containsExactly(new double[] {0, -0.1}, EXACT);
        assertThat(way(Norm.L2, 0.5, new float[] {0.5f, 0.5f}, 0, 0)).containsExactly(0, 0);
    }

    private static double[] way(Norm norm, double distance, float[] point, float... normal) {
        double[] step = new double[point.length];
        Hyperplane.approach(norm, point, 0, normal, 0, distance, step);
        for (int i = 0; i < step.length; i++) {
            step[i] += 0.0; // no negative zeros
        }
        return step;
    }
}
