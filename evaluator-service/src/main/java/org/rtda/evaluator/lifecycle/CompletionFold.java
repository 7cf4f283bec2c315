package org.rtda.evaluator.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.gates.EndedEvaluation;

/**
 * Determines from the records of the partitions that this process owns when each evaluation has ended. State is kept by
 * partition: built from the partition's beginning when it is assigned, dropped when it is revoked. Nothing is announced
 * before all that was there at assignment has been seen, since the announcement may be among it. A cancelled evaluation
 * is handed out once with the conditions that nobody has answered; their answers then end it as any other. Safe for use
 * by several threads.
 */
public final class CompletionFold {
    private final Map<Integer, Map<String, Course>> partitions = new HashMap<>();
    private final TopicCatchUp catchUp = new TopicCatchUp();
    private final CancelledEvaluations cancelled;

    public CompletionFold(CancelledEvaluations cancelled) {
        this.cancelled = cancelled;
    }

    /**
     * @param ended complete now and not announced
     * @param cancelled cancelled and not complete
     */
    public record Found(List<EndedEvaluation> ended, List<UnansweredEvaluation> cancelled) {
        private static final Found NOTHING = new Found(List.of(), List.of());

        public Found {
            ended = List.copyOf(ended);
            cancelled = List.copyOf(cancelled);
        }
    }

    /** The partition is ours and will be read from its beginning. */
    public synchronized void assigned(int partition, OffsetRange there) {
        partitions.put(partition, new LinkedHashMap<>());
        catchUp.begin(partition, there);
    }

    public synchronized void revoked(int partition) {
        partitions.remove(partition);
        catchUp.forget(partition);
    }

    /** @param metric empty for a record that could not be read */
    public synchronized Found apply(int partition, long offset, Optional<RobustnessMetric> metric) {
        Map<String, Course> courses = partitions.get(partition);
        if (courses == null) {
            return Found.NOTHING;
        }
        boolean wasBehind = catchUp.isBehind(partition);
        catchUp.seen(partition, offset);
        metric.ifPresent(m ->
                courses.computeIfAbsent(m.evaluationId(), id -> new Course()).add(m));
        if (catchUp.isBehind(partition)) {
            return Found.NOTHING;
        }
        List<Course> candidates = wasBehind
                ? List.copyOf(courses.values())
                : metric.map(m -> List.of(courses.get(m.evaluationId()))).orElse(List.of());
        List<EndedEvaluation> ended = candidates.stream()
                .flatMap(course -> course.complete().stream())
                .toList();
        return new Found(ended, unanswered(candidates.stream()));
    }

    /** The experiment's evaluations of these partitions that were cancelled and not handed out before. */
    public synchronized List<UnansweredEvaluation> cancelled(String experimentId) {
        return unanswered(partitions.entrySet().stream()
                .filter(partition -> !catchUp.isBehind(partition.getKey()))
                .flatMap(partition -> partition.getValue().values().stream())
                .filter(course -> course.isOf(experimentId)));
    }

    private List<UnansweredEvaluation> unanswered(Stream<Course> courses) {
        return courses.flatMap(course -> course.unansweredIf(cancelled).stream())
                .toList();
    }

    /** One evaluation's records so far, in any order. */
    private static final class Course {
        private RobustnessMetric.Planned planned;
        private boolean announced;
        private boolean cancelledHandedOut;
        /** Measured or failed, by condition's label; the first answer counts. */
        private final Map<String, RobustnessMetric> answers = new HashMap<>();

        void add(RobustnessMetric metric) {
            if (announced) {
                return;
            }
            if (metric instanceof RobustnessMetric.Planned plan) {
                planned = planned == null ? plan : planned;
            } else if (metric instanceof RobustnessMetric.Measured measured) {
                answers.putIfAbsent(measured.condition().label(), measured);
            } else if (metric instanceof RobustnessMetric.Failed failed) {
                answers.putIfAbsent(failed.condition().label(), failed);
            } else if (metric instanceof RobustnessMetric.Completed) {
                end();
            }
            // A gate alone ends nothing: whoever published it may have died before it announced the end.
        }

        Optional<EndedEvaluation> complete() {
            if (announced || planned == null) {
                return Optional.empty();
            }
            List<RobustnessMetric> inOrder = new ArrayList<>();
            for (Condition condition : planned.conditions()) {
                RobustnessMetric answer = answers.get(condition.label());
                if (answer == null) {
                    return Optional.empty();
                }
                inOrder.add(answer);
            }
            EndedEvaluation ended = new EndedEvaluation(planned, inOrder);
            end();
            return Optional.of(ended);
        }

        boolean isOf(String experimentId) {
            return planned != null && planned.experimentId().equals(experimentId);
        }

        Optional<UnansweredEvaluation> unansweredIf(CancelledEvaluations cancelled) {
            if (planned == null
                    || cancelledHandedOut
                    || !cancelled.contains(planned.experimentId(), planned.evaluationId())) {
                return Optional.empty();
            }
            cancelledHandedOut = true;
            return Optional.of(new UnansweredEvaluation(
                    planned,
                    planned.conditions().stream()
                            .filter(condition -> !answers.containsKey(condition.label()))
                            .toList()));
        }

        private void end() {
            announced = true;
            planned = null;
            answers.clear();
        }
    }
}
