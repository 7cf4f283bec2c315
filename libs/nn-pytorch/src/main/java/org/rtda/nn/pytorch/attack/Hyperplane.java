package org.rtda.nn.pytorch.attack;

/**
 * The nearest point of a hyperplane within [0,1], for one image: what FAB steps to (Croce and Hein, ICML 2020, equation 5).
 * The perturbation that solves it is {@code -sign(w_i) min(lambda v_i, room_i)}, with {@code v = |w|} for L2 and 1 for
 * Linf, and the room that the pixel has on that side; how far the plane is then approached is a concave, piecewise linear
 * function of lambda, so that Newton's method from 0 ends at the exact lambda after finitely many steps. Where the plane
 * does not meet [0,1], every pixel goes as far as it can.
 */
final class Hyperplane {
    private Hyperplane() {}

    /**
     * @param norm in which nearest is meant
     * @param point pixels in which the image begins at {@code offset}
     * @param w the plane's normal, which begins at {@code normalOffset}
     * @param distance {@code <w, point> - b}, how far the point is beyond the plane, in units of w
     * @param step where the way from the point to the plane is written
     */
    static void approach(
            Norm norm, float[] point, int offset, float[] w, int normalOffset, double distance, double[] step) {
        double wanted = Math.abs(distance);
        double lambda = 0;
        while (true) {
            double reached = 0;
            double slope = 0;
            for (int i = 0; i < step.length; i++) {
                double weight = w[normalOffset + i];
                double speed = norm == Norm.L2 ? Math.abs(weight) : weight == 0 ? 0 : 1;
                boolean down = distance >= 0 == weight > 0;
                double room = down ? point[offset + i] : 1.0 - point[offset + i];
                boolean free = lambda * speed < room;
                double length = free ? lambda * speed : speed == 0 ? 0 : room;
                step[i] = down ? -length : length;
                reached += Math.abs(weight) * length;
                slope += free ? Math.abs(weight) * speed : 0;
            }
            double further = slope > 0 ? (wanted - reached) / slope : 0;
            if (!(lambda + further > lambda)) {
                return;
            }
            lambda += further;
        }
    }
}
