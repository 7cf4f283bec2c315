package org.rtda.nn.pytorch.method;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loss and accuracy of one training step, with the weights before its update.
 *
 * @param loss the value minimised
 * @param terms its parts by name, before weighting: {@code cross-entropy}, {@code jensen-shannon}
 * @param accuracy by view: share of the batch classified rightly, in [0,1]
 */
public record StepReport(double loss, Map<String, Double> terms, Map<String, Double> accuracy) {
    public StepReport {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        accuracy = Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
    }
}
