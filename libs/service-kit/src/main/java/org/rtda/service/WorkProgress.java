package org.rtda.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Records when a task last made progress, for the liveness check. A broker connection that looks healthy says nothing
 * about a task that hangs. Safe for use by several threads.
 */
@Singleton
public final class WorkProgress {
    private final LongSupplier nanoTime;
    private long movedAt;
    private int tasksUnderWay;
    private int waiting;

    @Inject
    public WorkProgress() {
        this(System::nanoTime);
    }

    /** @param nanoTime what time it is, in nanoseconds */
    public WorkProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.movedAt = nanoTime.getAsLong();
    }

    /** Something moved: a batch was judged, another pass through a network is about to be made. */
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

    /** A task waits for others, which ends by itself: it does not stall meanwhile, and says nothing of those that do. */
    public synchronized void waits() {
        waiting++;
    }

    /** A task that waited does not wait any more. */
    public synchronized void goesOn() {
        if (tasksUnderWay <= waiting) {
            // while all waited there was nothing that could have moved
            moved();
        }
        waiting--;
    }

    /** What a task does while it waits for others, such as the broker. */
    public void waitingFor(Runnable others) {
        waitingFor(() -> {
            others.run();
            return null;
        });
    }

    /** As above, for what gives something. */
    public <T> T waitingFor(Supplier<T> others) {
        waits();
        try {
            return others.get();
        } finally {
            goesOn();
        }
    }

    /** Those that wait, too. */
    public synchronized int tasksUnderWay() {
        return tasksUnderWay;
    }

    /** How long tasks have been under way without anything moving; zero without tasks, and where all of them wait. */
    public synchronized Duration stalledFor() {
        return tasksUnderWay <= waiting ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - movedAt);
    }
}
