package org.rtda.evaluator.context;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Records when a task last made progress, for the liveness check. A broker connection that looks healthy says nothing
 * about a task that hangs. Safe for use by several threads.
 */
public final class EvaluationProgress {
    private final LongSupplier nanoTime;
    private long movedAt;
    private int tasksUnderWay;

    public EvaluationProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.movedAt = nanoTime.getAsLong();
    }

    /** Something moved: a batch was judged, an attacker was heard. */
    public synchronized void moved() {
        movedAt = nanoTime.getAsLong();
    }

    public synchronized void taskBegan() {
        tasksUnderWay++;
        moved();
    }

    public synchronized void taskEnded() {
        tasksUnderWay--;
        moved();
    }

    public synchronized int tasksUnderWay() {
        return tasksUnderWay;
    }

    /** How long tasks have been under way without anything moving; zero without tasks. */
    public synchronized Duration stalledFor() {
        return tasksUnderWay == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - movedAt);
    }
}
