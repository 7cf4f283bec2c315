package org.rtda.core.metrics;

/** Student's t distribution, through the regularised incomplete beta function (Abramowitz and Stegun, 26.7.1). */
final class StudentT {
    private static final double TINY = 1e-300;

    private StudentT() {}

    /** The chance of a value at least as far from 0 as t. */
    static double twoSided(double t, int degreesOfFreedom) {
        double nu = degreesOfFreedom;
        return incompleteBeta(nu / (nu + t * t), nu / 2, 0.5, logBetaWithHalf(degreesOfFreedom));
    }

    /** What 2.5% of the distribution exceed; by bisection to the last bits. */
    static double quantile975(int degreesOfFreedom) {
        double low = 0;
        double high = 13;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (twoSided(middle, degreesOfFreedom) > 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** I_x(a, b) by its continued fraction (NIST DLMF 8.17.22), on the side where it converges fast (8.17.4). */
    private static double incompleteBeta(double x, double a, double b, double logBeta) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta);
        return x < (a + 1) / (a + b + 2)
                ? front / a * continuedFraction(x, a, b)
                : 1 - front / b * continuedFraction(1 - x, b, a);
    }

    /** 1/(1 + d1/(1 + d2/(1 + ...))), evaluated from the front (Lentz, Applied Optics 15, 1976). */
    private static double continuedFraction(double x, double a, double b) {
        double value = 1;
        double c = 1;
        double d = 0;
        for (int i = 0; i <= 500; i++) {
            int m = i / 2;
            double numerator;
            if (i == 0) {
                numerator = 1;
            } else if (i % 2 == 0) {
                numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            } else {
                numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            }
            d = 1 + numerator * d;
            d = 1 / (Math.abs(d) < TINY ? TINY : d);
            c = 1 + numerator / c;
            c = Math.abs(c) < TINY ? TINY : c;
            value *= c * d;
            if (Math.abs(1 - c * d) < 1e-15) {
                break;
            }
        }
        return value - 1;
    }

    /** ln B(n/2, 1/2): from B(1/2, 1/2) = pi or B(1, 1/2) = 2 upwards by B(a + 1, b) = B(a, b) a / (a + b). */
    private static double logBetaWithHalf(int n) {
        double a = n % 2 == 1 ? 0.5 : 1;
        double log = Math.log(n % 2 == 1 ? Math.PI : 2);
        for (; a < n / 2.0; a++) {
            log += Math.log(a / (a + 0.5));
        }
        return log;
    }
}
