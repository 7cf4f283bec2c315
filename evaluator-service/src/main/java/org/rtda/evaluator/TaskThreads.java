package org.rtda.evaluator;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the service: one for each task that runs at once, and one more that deletes objects that are no longer
 * needed.
 */
final class TaskThreads implements AutoCloseable {
    private final ExecutorService tasks;
    private final ExecutorService housekeeping;

    TaskThreads(int tasks) {
        AtomicInteger number = new AtomicInteger();
        this.tasks = Executors.newFixedThreadPool(
                tasks, work -> daemon(work, "evaluation-task-" + number.incrementAndGet()));
        this.housekeeping = Executors.newSingleThreadExecutor(work -> daemon(work, "housekeeping"));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    Executor tasks() {
        return tasks;
    }

    Executor housekeeping() {
        return housekeeping;
    }

    /** Interrupts tasks under way: they are not acknowledged, so another replica gets them. */
    @Override
    public void close() {
        tasks.shutdownNow();
        housekeeping.shutdownNow();
    }
}
