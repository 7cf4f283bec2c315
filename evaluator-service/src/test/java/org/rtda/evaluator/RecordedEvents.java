package org.rtda.evaluator;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;

/** A broker that takes everything and remembers it. */
final class RecordedEvents implements EvaluatorEvents {
    final List<RobustnessMetric> metrics = new CopyOnWriteArrayList<>();
    final List<EvaluationTask> tasks = new CopyOnWriteArrayList<>();
    final List<Integer> taskPartitions = new CopyOnWriteArrayList<>();
    final List<AttackRequest> attackRequests = new CopyOnWriteArrayList<>();
    final List<Integer> attackPartitions = new CopyOnWriteArrayList<>();
    volatile Function<EvaluationTask, CompletionStage<Void>> onTask = task -> CompletableFuture.completedFuture(null);
    volatile Consumer<AttackRequest> onAttackRequest = request -> {};

    @Override
    public CompletionStage<Void> publish(RobustnessMetric metric) {
        metrics.add(metric);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> request(EvaluationTask task, int partition) {
        tasks.add(task);
        taskPartitions.add(partition);
        return onTask.apply(task);
    }

    @Override
    public CompletionStage<Void> request(AttackRequest request, int partition) {
        attackRequests.add(request);
        attackPartitions.add(partition);
        onAttackRequest.accept(request);
        return CompletableFuture.completedFuture(null);
    }
}
