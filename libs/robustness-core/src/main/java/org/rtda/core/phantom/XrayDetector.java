package org.rtda.core.phantom;

import java.util.function.DoubleUnaryOperator;

/**
 * From attenuation to grey: quanta thinned out by the law of Beer and Lambert, scatter as a wide blur of the primary
 * image at a given ratio (Seibert and Boone, Medical Physics 15, 1988, 567-575), the detector's blur, Poisson noise of the
 * counted quanta, the logarithm, and a window that fits the image's own range.
 *
 * @param quanta counted in a cell of a 128 x 128 grid behind tissue of median attenuation
 * @param scatterToPrimary scattered quanta for each that comes straight
 * @param scatterBlur deviation of the scatter's blur, in parts of the image's side
 * @param blur deviation of the detector's blur, in parts of the image's side
 * @param window range of attenuation from black to white
 * @param centre grey of the median attenuation
 * @param gamma of the display: grey is raised to it
 */
record XrayDetector(
        double quanta,
        double scatterToPrimary,
        double scatterBlur,
        double blur,
        double window,
        double centre,
        double gamma) {
    private static final double REFERENCE_GRID = 128;

    /** @param attenuation the line integral of the attenuation coefficient, no unit */
    Plane expose(Plane attenuation, Draw draw) {
        int size = attenuation.size();
        double median = attenuation.quantile(0.5);
        Plane primary = attenuation.map(value -> StrictMath.exp(median - value));
        Plane scatter = primary.blurred(scatterBlur * size);
        double perCell = quanta * (REFERENCE_GRID / size) * (REFERENCE_GRID / size);
        Plane expected = Plane.of(
                        size,
                        (row, column) -> perCell
                                * (primary.at(row, column) + scatterToPrimary * scatter.at(row, column))
                                / (1 + scatterToPrimary))
                .blurred(blur * size);
        DoubleUnaryOperator counted = mean -> -StrictMath.log(Math.max(0.5, draw.poisson(mean)) / perCell);
        Plane measured = expected.map(counted);
        double middle = measured.quantile(0.5);
        return measured.map(value -> {
            double grey = centre + (value - middle) / window;
            double shown = Math.min(1, Math.max(0, grey));
            return gamma == 1 ? shown : StrictMath.pow(shown, gamma);
        });
    }
}
