package org.rtda.evaluator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether work moves on: what liveness looks at. A broker connection that looks healthy says nothing about a task that
 * hangs. Safe for use by several threads.
 */
final class Progress {
    private final LongSupplier nanoTime;
    private long movedAt;
    private int tasksUnderWay;

    Progress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.movedAt = nanoTime.getAsLong();
    }

    /** Something moved: a batch was judged, an attacker was heard. */
    synchronized void moved() {
        movedAt = nanoTime.getAsLong();
    }

    synchronized void taskBegan() {
        tasksUnderWay++;
        moved();
    }

    synchronized void taskEnded() {
        tasksUnderWay--;
        moved();
    }

    synchronized int tasksUnderWay() {
        return tasksUnderWay;
    }

    /** How long tasks have been under way without anything moving; zero without tasks. */
    synchronized Duration stalledFor() {
        return tasksUnderWay == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - movedAt);
    }
}
