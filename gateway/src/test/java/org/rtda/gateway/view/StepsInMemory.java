package org.rtda.gateway.view;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.rtda.contracts.TrainingMetric;

/** Training metrics that a test keeps, all of them; ProjectionTest compares it with those in a database. */
public final class StepsInMemory implements TrainingSteps {
    private final TreeMap<Long, TrainingMetric> metrics = new TreeMap<>();
    private final TreeMap<Long, Long> firstSteps = new TreeMap<>();

    @Override
    public NavigableMap<Long, Long> firstSteps() {
        return firstSteps;
    }

    @Override
    public void begin(long attempt, long firstStep) {
        firstSteps.put(attempt, firstStep);
    }

    @Override
    public OptionalLong attemptOf(long step) {
        TrainingMetric known = metrics.get(step);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.attempt());
    }

    @Override
    public void put(TrainingMetric metric) {
        metrics.put(metric.step(), metric);
    }

    @Override
    public void removeFrom(long step, long attempt) {
        metrics.tailMap(step, true).values().removeIf(metric -> metric.attempt() < attempt);
    }

    @Override
    public Optional<TrainingMetric> last() {
        return Optional.ofNullable(metrics.lastEntry()).map(NavigableMap.Entry::getValue);
    }

    @Override
    public List<TrainingMetric> latest(long steps) {
        if (metrics.isEmpty()) {
            return List.of();
        }
        Long beforeLast = metrics.lowerKey(metrics.lastKey());
        long first = metrics.lastKey() - steps;
        return List.copyOf(metrics.tailMap(beforeLast == null ? first : Math.min(first, beforeLast), true)
                .values());
    }

    @Override
    public List<TrainingMetric> thinned() {
        return List.copyOf(metrics.values());
    }
}
