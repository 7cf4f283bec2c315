package org.rtda.core.phantom;

/**
 * The soft parts of one chest. Positions are in parts of half the picture's side: -1 to 1, {@code u} to the right, {@code v}
 * down.
 *
 * @param shift of the midline to the right: nobody stands quite straight
 * @param hilum height of the lungs' roots
 * @param lungHalfWidth of each lung
 * @param lungTop apex of the lungs
 * @param diaphragm height of the domes' tops; a shallow breath lifts them
 * @param lungCm of air in the middle of a lung
 * @param stoutness thickness of the body against the usual one
 */
record Thorax(
        double shift,
        double hilum,
        double lungHalfWidth,
        double lungTop,
        double diaphragm,
        double rightHigher,
        double lungCm,
        double stoutness,
        Outline heart) {
    private static final double BODY_CM = 20;
    private static final double LUNG_FROM_MIDLINE = 0.43;

    static Thorax draw(Draw draw) {
        double shift = draw.gaussian(0, 0.03);
        double diaphragm = draw.uniform(0.42, 0.70);
        double heartSize = draw.uniform(0.28, 0.40);
        Outline heart = new Outline(
                shift + 0.10 + draw.uniform(-0.02, 0.04),
                diaphragm - 0.17,
                heartSize * 1.15,
                heartSize * 0.9,
                0.5,
                0.03,
                2,
                4,
                draw);
        return new Thorax(
                shift,
                -0.12 + draw.uniform(-0.05, 0.05),
                draw.uniform(0.31, 0.37),
                draw.uniform(-0.92, -0.80),
                diaphragm,
                draw.uniform(0.02, 0.08),
                draw.uniform(11, 15),
                draw.uniform(0.9, 1.15),
                heart);
    }

    /** Thickness of everything between skin and skin. */
    double bodyCm(double u, double v) {
        double halfWidth = v < -0.55 ? 1.15 : 1.02;
        double side = Math.min(1, Math.abs(u - shift) / halfWidth);
        double neck = 1 - 0.35 * Outline.smooth((-0.75 - v) / 0.3);
        double belly = 1 + 0.15 * Outline.smooth((v - diaphragm) / 0.5);
        return stoutness
                * BODY_CM
                * neck
                * belly
                * Math.sqrt(Math.sqrt(Math.max(0.0004, 1 - side * side * side * side)));
    }

    /** Thickness of lung along the ray, heart and diaphragm taken off. */
    double airCm(double u, double v) {
        int side = u < shift ? -1 : 1;
        double middle = (lungTop + 0.75) / 2;
        double halfHeight = (0.75 - lungTop) / 2 + 0.12;
        double across = (u - lungMiddle(side, v)) / (lungHalfWidth + 0.10 * v);
        double down = (v - middle) / halfHeight;
        double out = Math.abs(across * across * across) + Math.abs(down * down * down);
        if (out >= 1) {
            return 0;
        }
        double dome = diaphragm - (side < 0 ? rightHigher : 0) + 0.28 * across * across;
        double aboveDome = Outline.smooth((dome - v) / 0.06 + 0.5);
        double outsideHeart = 1 - 0.85 * heart.inside(u, v, 0.05);
        return lungCm * StrictMath.pow(1 - out, 0.4) * aboveDome * outsideHeart;
    }

    private double lungMiddle(int side, double v) {
        return shift + side * (LUNG_FROM_MIDLINE + 0.06 * v);
    }

    /** Soft-tissue shadows over the lower lungs, 0 to 1. */
    double breast(double u, double v) {
        double off = Math.abs(u - shift) - 0.5;
        double distance = Math.sqrt(off * off + (v - 0.25) * (v - 0.25)) / 0.42;
        return Math.sqrt(Math.max(0, 1 - distance * distance));
    }

    /** @param side -1 for the picture's left, 1 for its right */
    double[] placeInLung(int side, Draw draw) {
        double v = draw.uniform(lungTop + 0.3, diaphragm - 0.08);
        return new double[] {lungMiddle(side, v) + draw.uniform(-0.6, 0.6) * lungHalfWidth, v};
    }
}
