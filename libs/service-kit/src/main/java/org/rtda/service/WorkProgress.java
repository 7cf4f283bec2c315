package org.rtda.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Records when a task last made progress, for the liveness check. A broker connection that looks healthy says nothing
 * about a task that hangs. Safe for use by several threads.
 */
@Singleton
public final class WorkProgress {
    private final LongSupplier nanoTime;
    private long movedAt;
    private int tasksUnderWay;

    @Inject
    public WorkProgress() {
        this(System::nanoTime);
    }

    /** @param nanoTime what time it is, in nanoseconds */
    public WorkProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.movedAt = nanoTime.getAsLong();
    }

    /** Something moved: a batch was judged, an attacker was heard, another pass through a network is about to be made. */
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
