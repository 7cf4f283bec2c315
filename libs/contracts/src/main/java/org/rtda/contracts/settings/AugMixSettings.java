package org.rtda.contracts.settings;

import org.rtda.contracts.check.Check;

/**
 * AugMix (Hendrycks et al., ICLR 2020).
 *
 * @param width chains mixed; default 3
 * @param depth operations a chain; 0, the default, draws 1 to 3
 * @param severity highest level of an operation, 1 to 10; default 3
 * @param alpha of the Dirichlet and Beta distributions; default 1
 * @param allOperations with contrast, brightness, sharpness (and color for RGB); default true
 */
public record AugMixSettings(Integer width, Integer depth, Double severity, Double alpha, Boolean allOperations) {
    /** Everything at its default. */
    public static final AugMixSettings DEFAULT = new AugMixSettings(null, null, null, null, null);

    public AugMixSettings {
        width = width == null ? 3 : Check.inRange("augmix.width", width, 1, 16);
        depth = depth == null ? 0 : Check.inRange("augmix.depth", depth, 0, 16);
        severity = severity == null ? 3.0 : Check.inRange("augmix.severity", severity, 0.1, 10);
        alpha = alpha == null ? 1.0 : Check.inRange("augmix.alpha", alpha, 0.01, 100);
        allOperations = allOperations == null || allOperations;
    }
}
