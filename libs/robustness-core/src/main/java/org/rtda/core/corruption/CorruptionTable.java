package org.rtda.core.corruption;

import java.util.Map;

/**
 * How strong each severity is: MedMNIST-C's parameters for two of its sets, given for 224 x 224 pixels. Where a parameter
 * counts pixels, the corruption scales it to the image at hand.
 */
public enum CorruptionTable {
    /**
     * PneumoniaMNIST's column; also the one to use for mammograms, for which MedMNIST-C has none. It has no motion blur:
     * the ultrasound column's is used.
     */
    CHEST_XRAY,
    /**
     * BreastMNIST's column. It has no gaussian, impulse or shot noise, gaussian blur, contrast-up or gamma: the chest X-ray
     * column's are used.
     */
    ULTRASOUND;

    private static final Map<String, double[][]> CHEST = Map.ofEntries(
            Map.entry("pixelate", new double[][] {{0.8, 0.8}, {0.7, 0.7}, {0.6, 0.6}, {0.5, 0.5}, {0.4, 0.4}}),
            Map.entry("jpeg", each(50, 30, 15, 10, 7)),
            Map.entry("gaussian-noise", each(0.04, 0.05, 0.06, 0.07, 0.08)),
            Map.entry("speckle-noise", each(0.05, 0.07, 0.10, 0.15, 0.20)),
            Map.entry("impulse-noise", each(0.005, 0.01, 0.013, 0.017, 0.02)),
            Map.entry("shot-noise", each(300, 200, 150, 100, 80)),
            Map.entry("gaussian-blur", each(3, 5, 7, 9, 11)),
            Map.entry("brightness-up", each(1.1, 1.2, 1.3, 1.4, 1.5)),
            Map.entry("brightness-down", each(0.9, 0.8, 0.7, 0.6, 0.5)),
            Map.entry("contrast-up", each(1.1, 1.2, 1.3, 1.4, 1.6)),
            Map.entry("contrast-down", each(0.9, 0.8, 0.7, 0.6, 0.4)),
            Map.entry("gamma-up", each(1.1, 1.2, 1.3, 1.4, 1.6)),
            Map.entry("gamma-down", each(0.9, 0.8, 0.7, 0.6, 0.4)));

    private static final Map<String, double[][]> BREAST = Map.of(
            "pixelate", new double[][] {{0.30, 0.8}, {0.25, 0.7}, {0.20, 0.6}, {0.15, 0.5}, {0.10, 0.4}},
            "jpeg", each(50, 30, 15, 10, 7),
            "speckle-noise", each(0.10, 0.15, 0.20, 0.25, 0.30),
            "motion-blur", new double[][] {{5, 5}, {9, 7}, {9, 10}, {13, 10}, {17, 12}},
            "brightness-up", each(1.4, 1.5, 1.6, 1.8, 2.0),
            "brightness-down", each(0.55, 0.50, 0.45, 0.40, 0.30),
            "contrast-down", each(0.9, 0.8, 0.7, 0.6, 0.4));

    /** Whether MedMNIST-C names the corruption for this set; others can be made too, with the other column's strength. */
    public boolean has(String corruption) {
        return own().containsKey(corruption);
    }

    private Map<String, double[][]> own() {
        return this == CHEST_XRAY ? CHEST : BREAST;
    }

    /**
     * @param name of a corruption
     * @param severity 1 to 5
     * @return one number; for motion blur radius and sigma, for pixelate the factor and its cap at smaller sides; a copy
     */
    double[] parameters(String name, int severity) {
        Map<String, double[][]> other = this == CHEST_XRAY ? BREAST : CHEST;
        return own().getOrDefault(name, other.get(name))[severity - 1].clone();
    }

    private static double[][] each(double... severities) {
        double[][] parameters = new double[severities.length][];
        for (int i = 0; i < severities.length; i++) {
            parameters[i] = new double[] {severities[i]};
        }
        return parameters;
    }
}
