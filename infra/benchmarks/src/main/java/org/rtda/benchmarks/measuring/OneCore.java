package org.rtda.benchmarks.measuring;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the processor time of work on one core: that of the calling thread, which other programs do not lengthen,
 * and of garbage collection meanwhile. Rivals of one thread report their process's processor time.
 */
public final class OneCore {
    public static final String NOTE = "processor time of one core on both sides, garbage collection included";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double WARM_UP_MILLISECONDS = 2000;
    private static final double UNIT_MILLISECONDS = 200;

    private final Runnable work;
    private final int repetitions;

    private OneCore(Runnable work, int repetitions) {
        this.work = work;
        this.repetitions = repetitions;
    }

    /** Work that has run for two seconds, and will be repeated in each measurement for about a fifth of one. */
    public static OneCore warmedUp(Runnable work) {
        double spent = 0;
        double last = 0;
        while (spent < WARM_UP_MILLISECONDS) {
            last = milliseconds(work);
            spent += last;
        }
        return new OneCore(work, (int) Math.max(1, Math.ceil(UNIT_MILLISECONDS / Math.max(last, 0.01))));
    }

    /** Of the work once, as a mean over its repetitions. */
    public double milliseconds() {
        return milliseconds(() -> {
                    for (int i = 0; i < repetitions; i++) {
                        work.run();
                    }
                })
                / repetitions;
    }

    private static double milliseconds(Runnable work) {
        long collected = collectedMilliseconds();
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6 + collectedMilliseconds() - collected;
    }

    private static long collectedMilliseconds() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
