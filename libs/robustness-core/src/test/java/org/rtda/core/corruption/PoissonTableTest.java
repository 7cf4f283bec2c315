package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class PoissonTableTest {
    /** Every 2^10th number of the 2^32 that a draw can be made from. */
    private static final int STRIDE = 1 << 10;

    private static final double DRAWS = 0x1p32 / STRIDE;

    @Test
    void aSmallMeanGivesTheProbabilitiesThatItsFormulaNames() {
        double[] shares = shares(new PoissonTable(2));

        // exp(-2) = 0.135335, times 1, 2, 2, 4/3, 2/3
        assertThat(shares[0]).isCloseTo(0.135335, within(1e-5));
        assertThat(shares[1]).isCloseTo(0.270671, within(1e-5));
        assertThat(shares[2]).isCloseTo(0.270671, within(1e-5));
        assertThat(shares[3]).isCloseTo(0.180447, within(1e-5));
        assertThat(shares[4]).isCloseTo(0.090224, within(1e-5));
    }

    @Test
    void meanAndVarianceAreTheMean() {
        for (double mean : new double[] {0.3, 17, 128.5, PoissonTable.HIGHEST_MEAN}) {
            double[] shares = shares(new PoissonTable(mean));
            double first = 0;
            double second = 0;
            for (int k = 0; k < shares.length; k++) {
                first += shares[k] * k;
                second += shares[k] * k * k;
            }
            assertThat(first).as("mean %s", mean).isCloseTo(mean, within(1e-3));
            assertThat(second - first * first).as("variance of %s", mean).isCloseTo(mean, within(1e-3 * mean + 1e-3));
        }
    }

    @Test
    void aMeanThatTheTableCannotHoldIsRefused() {
        for (double mean : new double[] {0, -1, 300.1, Double.NaN}) {
            assertThatThrownBy(() -> new PoissonTable(mean)).hasMessage("mean must be in (0, 300.0], was " + mean);
        }
    }

    private static double[] shares(PoissonTable table) {
        Counter numbers = new Counter();
        double[] shares = new double[600];
        for (int i = 0; i < DRAWS; i++) {
            shares[table.draw(numbers)] += 1 / DRAWS;
        }
        return shares;
    }

    private static final class Counter implements UniformRandomProvider {
        private int next;

        @Override
        public int nextInt() {
            next += STRIDE;
            return next;
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("a draw takes one int");
        }
    }
}
