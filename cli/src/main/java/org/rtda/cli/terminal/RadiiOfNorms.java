package org.rtda.cli.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;

/** Radii as the command line has them: {@code l2:0.25,0.5,linf:2/255,8/255}; a norm holds until the next one is named. */
public final class RadiiOfNorms {
    private RadiiOfNorms() {}

    /**
     * By norm, in the order given.
     *
     * @param norm of the radii before the first that names one
     */
    public static Map<String, List<Double>> parse(String option, List<String> texts, String norm) {
        Map<String, List<Double>> radii = new LinkedHashMap<>();
        String current = norm;
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon >= 0) {
                current =
                        Check.oneOf(option + " (norm)", text.substring(0, colon).strip(), KnownNames.NORMS);
            }
            radii.computeIfAbsent(current, any -> new ArrayList<>())
                    .add(RadiusConverter.parse(text.substring(colon + 1)));
        }
        return radii;
    }
}
