package org.rtda.core.augment;

/** Shifts each row in proportion to its number, by up to 0.3 pixels a pixel; the fixed corner is the upper left one. */
final class ShearX implements Operation {

    @Override
    public String name() {
        return "shear-x";
    }

    @Override
    public MappedImage apply(MappedImage image, double level, boolean negative) {
        double shear = Level.of(level, negative ? -0.3 : 0.3);
        return CubicShear.ofRows(image, shear);
    }
}
