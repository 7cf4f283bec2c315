package org.rtda.evaluator.context;

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
public final class RecordedEvents implements EvaluatorEvents {
    public final List<RobustnessMetric> metrics = new CopyOnWriteArrayList<>();
    public final List<EvaluationTask> tasks = new CopyOnWriteArrayList<>();
    public final List<AttackRequest> attackRequests = new CopyOnWriteArrayList<>();
    public volatile Function<RobustnessMetric, CompletionStage<Void>> onMetric =
            metric -> CompletableFuture.completedFuture(null);
    public volatile Function<EvaluationTask, CompletionStage<Void>> onTask =
            task -> CompletableFuture.completedFuture(null);
    public volatile Consumer<AttackRequest> onAttackRequest = request -> {};
    public volatile Function<AttackRequest, CompletionStage<Void>> onAttackRequested =
            request -> CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Void> publish(RobustnessMetric metric) {
        metrics.add(metric);
        return onMetric.apply(metric);
    }

    @Override
    public CompletionStage<Void> request(EvaluationTask task) {
        tasks.add(task);
        return onTask.apply(task);
    }

    @Override
    public CompletionStage<Void> request(EvaluationLane lane, AttackRequest request) {
        attackRequests.add(request);
        onAttackRequest.accept(request);
        return onAttackRequested.apply(request);
    }
}
