package org.rtda.trainer.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.TrainingMetric;

/**
 * A trace for each optimiser step: begins with the first request for its batch, which may be some steps ahead, and ends
 * with the step. A step that asks nobody has none. Safe for use by several threads.
 */
public final class StepTraces {
    private record Step(String experimentId, long attempt, long number) {}

    private final Tracer tracer;
    private final Map<Step, Span> open = new ConcurrentHashMap<>();

    public StepTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Where the request's records belong. */
    public Context of(BatchRequest request) {
        Step step = new Step(request.experimentId(), request.attempt(), request.step() + 1);
        return Context.root().with(open.computeIfAbsent(step, this::begin));
    }

    private Span begin(Step step) {
        return tracer.spanBuilder("training step")
                .setNoParent()
                .setAttribute("rtda.experiment", step.experimentId())
                .setAttribute("rtda.attempt", step.attempt())
                .setAttribute("rtda.step", step.number())
                .startSpan();
    }

    /** The step ends now; what it did after the wait for workers, as its metric says, is the optimiser's span. */
    public void stepTaken(TrainingMetric metric) {
        Span span = open.remove(new Step(metric.experimentId(), metric.attempt(), metric.step()));
        if (span == null) {
            return;
        }
        Instant end = metric.time();
        long workNanos = Math.max(0, (long) ((metric.stepMillis() - metric.waitMillis()) * 1e6));
        tracer.spanBuilder("optimiser step")
                .setParent(Context.root().with(span))
                .setStartTimestamp(end.minusNanos(workNanos))
                .startSpan()
                .end(end);
        span.end(end);
    }

    /** Nobody waits any more for what was asked. */
    public void forgetAll() {
        open.values().forEach(Span::end);
        open.clear();
    }
}
