package org.rtda.evaluator.figures;

import java.util.Arrays;
import java.util.Locale;

/**
 * The probability of disease above which an image is called diseased. It is chosen on clean validation images, so it does not
 * depend on the test images or on a perturbation.
 *
 * @param probability in [0,1]; null where none could be set
 * @param origin in words: the rule with its number, or why there is none
 */
public record CalibratedThreshold(Double probability, String origin) {

    /**
     * The greatest threshold that finds the wanted share of the diseased images: the probability of the image that is just
     * needed.
     *
     * @param probabilityOfDisease of each clean validation image
     * @param labels of the same images
     * @param healthyClass every other label is disease
     * @param wantedSensitivity in (0, 1]; reached or exceeded, since images come whole and may tie
     */
    public static CalibratedThreshold of(
            double[] probabilityOfDisease, int[] labels, int healthyClass, double wantedSensitivity) {
        double[] diseased = new double[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != healthyClass) {
                diseased[count++] = probabilityOfDisease[i];
            }
        }
        if (count == 0) {
            return none("no diseased validation images");
        }
        Arrays.sort(diseased, 0, count);
        int found = 1;
        while ((double) found / count < wantedSensitivity) {
            found++;
        }
        double threshold = diseased[count - found];
        return new CalibratedThreshold(
                threshold,
                "probability of disease >= " + number(threshold) + ", set on " + labels.length
                        + " clean validation images for sensitivity " + number(wantedSensitivity));
    }

    public static CalibratedThreshold none(String whyNot) {
        return new CalibratedThreshold(null, "no threshold: " + whyNot);
    }

    /** Two significant digits below one half and, since thresholds close to 1 differ in what is missing, above it too. */
    private static String number(double share) {
        if (share == 0 || share == 1) {
            return share == 0 ? "0" : "1";
        }
        double small = Math.min(share, 1 - share);
        int decimals = Math.max(2, 1 + (int) Math.ceil(-Math.log10(small)));
        String text = String.format(Locale.ROOT, "%." + Math.min(decimals, 17) + "f", share);
        return text.replaceAll("0+$", "");
    }
}
