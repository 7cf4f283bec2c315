package org.rtda.evaluator;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.Condition;
import org.rtda.contracts.Event;
import org.rtda.contracts.RobustnessMetric;

/**
 * Folds the records of the partitions this replica owns into the end of each evaluation. State is kept by partition: built
 * from the partition's beginning when it is assigned, dropped when it is revoked. Nothing is announced before all that was
 * there at assignment has been seen, since the announcement may be among it. Safe for use by several threads.
 */
final class CompletionFold {
    private final Map<Integer, Map<String, Course>> partitions = new HashMap<>();
    private final CatchUp catchUp = new CatchUp();

    /** The partition is ours and will be read from its beginning. */
    synchronized void assigned(int partition, OffsetRange there) {
        partitions.put(partition, new LinkedHashMap<>());
        catchUp.begin(partition, there);
    }

    synchronized void revoked(int partition) {
        partitions.remove(partition);
        catchUp.forget(partition);
    }

    /**
     * @param metric empty for a record that could not be read
     * @return the evaluations that are complete now and were not announced
     */
    synchronized List<RobustnessMetric.Completed> apply(
            int partition, long offset, Optional<RobustnessMetric> metric, Instant now) {
        Map<String, Course> courses = partitions.get(partition);
        if (courses == null) {
            return List.of();
        }
        boolean wasBehind = catchUp.isBehind(partition);
        catchUp.seen(partition, offset);
        metric.ifPresent(m ->
                courses.computeIfAbsent(m.evaluationId(), id -> new Course()).add(m));
        if (catchUp.isBehind(partition)) {
            return List.of();
        }
        var candidates =
                wasBehind ? courses.values().stream() : metric.stream().map(m -> courses.get(m.evaluationId()));
        return candidates.flatMap(course -> course.complete(now).stream()).toList();
    }

    /** One evaluation's records so far, in any order. */
    private static final class Course {
        private RobustnessMetric.Planned planned;
        private boolean announced;
        /** By condition's label, whether it was measured; the first answer counts. */
        private final Map<String, Boolean> answers = new HashMap<>();

        void add(RobustnessMetric metric) {
            if (metric instanceof RobustnessMetric.Planned plan) {
                planned = planned == null ? plan : planned;
            } else if (metric instanceof RobustnessMetric.Measured measured) {
                answers.putIfAbsent(measured.condition().label(), true);
            } else if (metric instanceof RobustnessMetric.Failed failed) {
                answers.putIfAbsent(failed.condition().label(), false);
            } else {
                announced = true;
            }
        }

        Optional<RobustnessMetric.Completed> complete(Instant now) {
            if (announced || planned == null) {
                return Optional.empty();
            }
            int measured = 0;
            for (Condition condition : planned.conditions()) {
                Boolean answer = answers.get(condition.label());
                if (answer == null) {
                    return Optional.empty();
                }
                measured += answer ? 1 : 0;
            }
            announced = true;
            return Optional.of(new RobustnessMetric.Completed(
                    EvaluationIds.completed(planned.evaluationId()),
                    now,
                    Event.SCHEMA_VERSION,
                    planned.experimentId(),
                    planned.evaluationId(),
                    planned.epoch(),
                    planned.last(),
                    measured,
                    planned.conditions().size() - measured));
        }
    }
}
