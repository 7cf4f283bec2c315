package org.rtda.gateway.view;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.rtda.contracts.TrainingMetric;

/**
 * How fast a run goes. It is read from the times at which steps ended, so that what happens between two steps (a checkpoint, a
 * selection by validation) counts too.
 */
final class StepPace {
    /** So many latest steps count: enough to even out the ends of epochs, few enough to follow a change of the workers. */
    static final int STEPS = 100;

    private StepPace() {}

    /**
     * @param latest by step, one or more may be missing between two; those of an earlier attempt than the last one's do not count,
     *     since the time between attempts is nobody's work
     * @return seconds a step; empty for fewer than two steps of one attempt, and where the trainer's clock has stood still or
     *     gone back
     */
    static OptionalDouble secondsPerStep(List<TrainingMetric> latest) {
        if (latest.isEmpty()) {
            return OptionalDouble.empty();
        }
        TrainingMetric last = latest.get(latest.size() - 1);
        TrainingMetric first = latest.stream()
                .filter(metric -> metric.attempt() == last.attempt())
                .findFirst()
                .orElseThrow();
        Duration took = Duration.between(first.time(), last.time());
        return first.step() == last.step() || took.isNegative() || took.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(took.toMillis() / 1000.0 / (last.step() - first.step()));
    }
}
