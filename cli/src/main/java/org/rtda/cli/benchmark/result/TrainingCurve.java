package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.rtda.contracts.TrainingMetric;

/**
 * How a training went: a value for each epoch from the first, the mean over its steps, to four decimals; null for an epoch of
 * which the gateway kept no step.
 *
 * @param loss what the method minimises: comparable with other runs of the method, not with other methods
 * @param accuracy by view: share of the training images that were classified rightly, as the step saw them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrainingCurve(List<Double> loss, Map<String, List<Double>> accuracy) {
    /** The view that the attack in training makes. */
    static final String ADVERSARIAL = "adversarial";

    static final String CLEAN = "clean";

    private static final double DECIMALS = 1e4;

    /** Null where nothing was kept. */
    public static TrainingCurve of(List<TrainingMetric> steps) {
        if (steps.isEmpty()) {
            return null;
        }
        TreeMap<Integer, List<TrainingMetric>> byEpoch = new TreeMap<>();
        TreeSet<String> views = new TreeSet<>();
        for (TrainingMetric step : steps) {
            byEpoch.computeIfAbsent(step.epoch(), any -> new ArrayList<>()).add(step);
            views.addAll(step.accuracy().keySet());
        }
        Map<String, List<Double>> accuracy = new TreeMap<>();
        for (String view : views) {
            accuracy.put(view, means(byEpoch, step -> step.accuracy().get(view)));
        }
        return new TrainingCurve(means(byEpoch, TrainingMetric::loss), accuracy);
    }

    private static List<Double> means(
            TreeMap<Integer, List<TrainingMetric>> byEpoch, Function<TrainingMetric, Double> figure) {
        List<Double> means = new ArrayList<>();
        for (int epoch = 1; epoch <= byEpoch.lastKey(); epoch++) {
            OptionalDouble mean = byEpoch.getOrDefault(epoch, List.of()).stream()
                    .map(figure)
                    .filter(value -> value != null)
                    .mapToDouble(Double::doubleValue)
                    .average();
            means.add(mean.isPresent() ? (Double) (Math.round(mean.getAsDouble() * DECIMALS) / DECIMALS) : null);
        }
        return Collections.unmodifiableList(means);
    }

    /** Of the view that the attack makes; of the clean one where the method trains without attacks. */
    public List<Double> hardestAccuracy() {
        return accuracy.getOrDefault(ADVERSARIAL, accuracy.getOrDefault(CLEAN, List.of()));
    }
}
