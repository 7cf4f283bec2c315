package org.rtda.evaluator.lifecycle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;

/**
 * The ids of all published messages about evaluations, from every evaluator, rebuilt from the topic at each start. With
 * it a plan or an answer is made once, also when a record comes again after a replica died or offsets expired. Safe for
 * use by several threads.
 */
public final class PublishedMetrics {
    private final Set<String> ids = new HashSet<>();
    /** By evaluation that is planned and not complete. */
    private final Map<String, Set<Condition>> open = new HashMap<>();

    private final TopicCatchUp catchUp = new TopicCatchUp();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    /**
     * The partitions that will be read from their beginning: all there are.
     *
     * @param ranges by partition: what is there now
     */
    public synchronized void assigned(Map<Integer, OffsetRange> ranges) {
        ranges.forEach((partition, range) -> catchUp.begin(partition, range));
        completeWhenCaughtUp(!ranges.isEmpty());
    }

    /** The record was read, whatever was in it. */
    public synchronized void seen(int partition, long offset) {
        catchUp.seen(partition, offset);
        completeWhenCaughtUp(true);
    }

    /** Something was published, by this replica or another. */
    public synchronized void add(RobustnessMetric metric) {
        ids.add(metric.id());
        if (metric instanceof RobustnessMetric.Planned planned) {
            if (!ids.contains(EvaluationIds.completed(planned.evaluationId()))) {
                open.putIfAbsent(planned.evaluationId(), Set.copyOf(planned.conditions()));
            }
        } else if (metric instanceof RobustnessMetric.Completed completed) {
            open.remove(completed.evaluationId());
        }
    }

    /** The conditions of an evaluation that is planned and not complete. */
    synchronized Optional<Set<Condition>> openConditions(String evaluationId) {
        return Optional.ofNullable(open.get(evaluationId));
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    /** Ends when all that was there at assignment has been seen. */
    public CompletionStage<Void> caughtUp() {
        return complete;
    }

    private void completeWhenCaughtUp(boolean anything) {
        if (anything && !catchUp.isBehind()) {
            complete.complete(null);
        }
    }
}
