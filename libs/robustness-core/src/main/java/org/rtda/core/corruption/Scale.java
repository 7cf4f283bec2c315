package org.rtda.core.corruption;

/** From MedMNIST-C's 224 x 224 pixels to the image at hand, for parameters that count pixels. */
final class Scale {
    static final double REFERENCE_SIDE = 224;
    /**
     * Below 0.4 (90 pixels) a blur is not scaled down any further: true to scale it would vanish at 28 pixels, and at 0.4
     * the table's widest one still is a kernel of 5.
     */
    private static final double LEAST_BLUR = 0.4;

    private Scale() {}

    static double ofBlur(BatchImage picture) {
        return Math.max(picture.side() / REFERENCE_SIDE, LEAST_BLUR);
    }
}
