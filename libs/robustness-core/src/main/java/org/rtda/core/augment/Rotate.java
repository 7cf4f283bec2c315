package org.rtda.core.augment;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Turns about the image's centre by whole degrees, up to 30, counter-clockwise unless negative; Pillow's {@code
 * Image.rotate}, which rounds sine and cosine to 15 decimals.
 */
final class Rotate implements Operation {
    private static final int GREATEST_DEGREES = 30;
    private static final double[] COSINES = new double[GREATEST_DEGREES + 1];
    private static final double[] SINES = new double[GREATEST_DEGREES + 1];

    static {
        for (int degrees = 0; degrees <= GREATEST_DEGREES; degrees++) {
            COSINES[degrees] = rounded(StrictMath.cos(Math.toRadians(degrees)));
            SINES[degrees] = rounded(StrictMath.sin(Math.toRadians(degrees)));
        }
    }

    @Override
    public String name() {
        return "rotate";
    }

    @Override
    public MappedImage apply(MappedImage image, double level, boolean negative) {
        int degrees = Level.ofWhole(level, GREATEST_DEGREES);
        if (degrees == 0) {
            return image;
        }
        double cosine = COSINES[degrees];
        double sine = negative ? SINES[degrees] : -SINES[degrees];
        double centreX = image.width() / 2.0;
        double centreY = image.height() / 2.0;
        double c = cosine * -centreX + sine * -centreY + centreX;
        double f = -sine * -centreX + cosine * -centreY + centreY;
        return new BicubicAffine(cosine, sine, c, -sine, cosine, f).apply(image);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
    }
}
