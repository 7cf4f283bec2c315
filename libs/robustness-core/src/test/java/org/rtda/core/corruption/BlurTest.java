package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;

class BlurTest {

    /** Along a row (0, 1, 0.5): 0.3 * 1 + 0.2 * 0.5, then 0.5 * 1 + (0.3 + 0.2) * 0.5, then the edge alone. */
    @Test
    void aTrailAlongARowWorkedByHand() {
        BatchImage row = new BatchImage(1, 1, 3, new float[] {0, 1, 0.5f});
        assertThat(MotionBlur.trail(row, new double[] {0.5, 0.3, 0.2}, 0))
                .containsExactly(new float[] {0.4f, 0.75f, 0.5f}, within(1e-6f));
    }

    /** Down a slope of 45 degrees the second copy is one pixel to the right and one below, the third 1.41, so one, too. */
    @Test
    void aTrailDownASlopeWorkedByHand() {
        BatchImage square = new BatchImage(1, 2, 2, new float[] {0, 0.2f, 0.4f, 1});
        assertThat(MotionBlur.trail(square, new double[] {0.5, 0.3, 0.2}, 45))
                .containsExactly(new float[] {0.5f, 0.6f, 0.7f, 1}, within(1e-6f));
    }

    /** Nine weights on three pixels: from the fourth on all copies are the edge. */
    @Test
    void aTrailLongerThanTheImageEndsInItsEdge() {
        BatchImage row = new BatchImage(1, 1, 3, new float[] {0, 0, 1});
        double[] weights = {0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
        assertThat(MotionBlur.trail(row, weights, 0)).containsExactly(new float[] {0.7f, 0.8f, 1}, within(1e-6f));
    }

    /** A white pixel in the middle becomes the kernel's product with itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aWhitePixelBecomesTheKernel(int severity) {
        int side = 225;
        float[] pixels = new float[side * side];
        pixels[112 * side + 112] = 1;
        double[] kernel = GaussianBlur.kernel(2 * severity + 1, side / Scale.REFERENCE_SIDE);
        int radius = kernel.length / 2;
        float[] blurred = Corruptions.named("gaussian-blur")
                .apply(new ImageBatch(1, 1, side, side, pixels), severity, List.of(new Seed(1)))
                .pixels();
        for (int i = 0; i < pixels.length; i++) {
            int down = i / side - 112;
            int right = i % side - 112;
            boolean reached = Math.abs(down) <= radius && Math.abs(right) <= radius;
            double expected = reached ? kernel[radius + down] * kernel[radius + right] : 0;
            assertThat((double) blurred[i]).as("%s down, %s right", down, right).isCloseTo(expected, within(1e-7));
        }
    }

    /** A kernel of 3 on (1, 0, 0): beyond the edge lies what is one pixel inside, so the first keeps the middle weight. */
    @Test
    void theBorderIsReflectedWithoutRepeatingTheEdge() {
        float[] blurred = Corruptions.named("gaussian-blur")
                .apply(new ImageBatch(1, 1, 1, 3, new float[] {1, 0, 0}), 1, List.of(new Seed(1)))
                .pixels();
        double[] kernel = GaussianBlur.kernel(3, 0.4);
        assertThat(blurred).containsExactly(new float[] {(float) kernel[1], (float) kernel[0], 0}, within(1e-6f));
    }
}
