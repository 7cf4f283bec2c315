package org.rtda.evaluator.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.gates.EndedEvaluation;

/**
 * What every evaluator knows of all evaluations, since it follows the topic of metrics from its beginning: which are complete, and the
 * plan and the answers of those that are not. With it a plan or an answer is made once, also when a record comes again after an
 * evaluator died. Of a complete evaluation only the id is kept. Safe for use by several threads.
 */
public final class PublishedMetrics {
    private final Set<String> complete = new HashSet<>();
    private final Map<String, Course> open = new HashMap<>();

    /** A record of the topic, in the order of its partition. */
    public synchronized void received(RobustnessMetric metric) {
        if (metric instanceof RobustnessMetric.Completed completed) {
            complete.add(completed.evaluationId());
            open.remove(completed.evaluationId());
        } else if (!complete.contains(metric.evaluationId())) {
            course(metric).received(metric);
        }
    }

    /** This evaluator has published a plan or an answer, which may not have come back over the topic yet. */
    public synchronized void add(RobustnessMetric metric) {
        if (!complete.contains(metric.evaluationId())) {
            course(metric).published(metric);
        }
    }

    private Course course(RobustnessMetric metric) {
        return open.computeIfAbsent(metric.evaluationId(), id -> new Course());
    }

    synchronized boolean isComplete(String evaluationId) {
        return complete.contains(evaluationId);
    }

    /** Whether the condition has an answer, figures or a reason. */
    synchronized boolean isAnswered(String evaluationId, Condition condition) {
        Course course = open.get(evaluationId);
        return course == null ? complete.contains(evaluationId) : course.isAnswered(condition);
    }

    /** Of an evaluation that is planned and not complete, its plan and the conditions that nobody has answered. */
    synchronized Optional<UnansweredEvaluation> open(String evaluationId) {
        return Optional.ofNullable(open.get(evaluationId)).flatMap(Course::unanswered);
    }

    /** The same of all evaluations of an experiment. */
    synchronized List<UnansweredEvaluation> openOf(String experimentId) {
        return open.values().stream()
                .filter(course -> course.isOf(experimentId))
                .flatMap(course -> course.unanswered().stream())
                .toList();
    }

    /** The condition of a task, where it is planned and nobody has answered it. */
    synchronized Optional<UnansweredEvaluation> openTask(String taskId) {
        return open.entrySet().stream()
                .filter(evaluation -> taskId.startsWith(evaluation.getKey()))
                .flatMap(evaluation -> evaluation.getValue().unanswered().stream())
                .map(evaluation -> evaluation.only(taskId))
                .filter(evaluation -> !evaluation.conditions().isEmpty())
                .findFirst();
    }

    /**
     * The evaluation that this record made complete, if it did and nobody has announced the end. The order of the topic decides which
     * record that is, so all evaluators agree; a copy of the record counts as it does.
     *
     * @param metric of which the topic has been received up to it at least
     */
    public synchronized Optional<EndedEvaluation> endedBy(RobustnessMetric metric) {
        return Optional.ofNullable(open.get(metric.evaluationId())).flatMap(course -> course.endedBy(metric));
    }

    /** One evaluation that is not complete. */
    private static final class Course {
        private RobustnessMetric.Planned planned;
        /** Measured or failed, by condition's label; the first answer counts. */
        private final Map<String, RobustnessMetric> answers = new HashMap<>();
        /** Labels that are planned and not answered; empty before the plan. */
        private final Set<String> missing = new HashSet<>();
        /** The record after which no answer was missing; null while one is. */
        private RobustnessMetric last;

        /** What this evaluator has published and perhaps not received: it has no place among the others' records yet. */
        private RobustnessMetric.Planned ownPlan;

        private final Set<String> ownAnswers = new HashSet<>();

        void received(RobustnessMetric metric) {
            if (metric instanceof RobustnessMetric.Planned plan && planned == null) {
                planned = plan;
                plan.conditions().forEach(condition -> missing.add(condition.label()));
                missing.removeAll(answers.keySet());
            }
            label(metric).ifPresent(label -> {
                answers.putIfAbsent(label, metric);
                missing.remove(label);
            });
            // a gate alone ends nothing: whoever published it may have died before it announced the end
            if (last == null && planned != null && missing.isEmpty()) {
                last = metric;
            }
        }

        void published(RobustnessMetric metric) {
            if (metric instanceof RobustnessMetric.Planned plan) {
                ownPlan = plan;
            } else {
                label(metric).ifPresent(ownAnswers::add);
            }
        }

        private static Optional<String> label(RobustnessMetric metric) {
            if (metric instanceof RobustnessMetric.Measured measured) {
                return Optional.of(measured.condition().label());
            }
            return metric instanceof RobustnessMetric.Failed failed
                    ? Optional.of(failed.condition().label())
                    : Optional.empty();
        }

        private RobustnessMetric.Planned plan() {
            return planned == null ? ownPlan : planned;
        }

        boolean isOf(String experimentId) {
            return plan() != null && plan().experimentId().equals(experimentId);
        }

        boolean isAnswered(Condition condition) {
            return answers.containsKey(condition.label()) || ownAnswers.contains(condition.label());
        }

        Optional<UnansweredEvaluation> unanswered() {
            return Optional.ofNullable(plan())
                    .map(plan -> new UnansweredEvaluation(
                            plan,
                            plan.conditions().stream()
                                    .filter(condition -> !isAnswered(condition))
                                    .toList()));
        }

        Optional<EndedEvaluation> endedBy(RobustnessMetric metric) {
            if (!metric.equals(last)) {
                return Optional.empty();
            }
            List<RobustnessMetric> inOrder = new ArrayList<>();
            planned.conditions().forEach(condition -> inOrder.add(answers.get(condition.label())));
            return Optional.of(new EndedEvaluation(planned, inOrder));
        }
    }
}
