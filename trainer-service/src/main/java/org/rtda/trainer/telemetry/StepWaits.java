package org.rtda.trainer.telemetry;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rtda.nn.pytorch.method.View;

/**
 * What one step waited for workers, by what they make. A trainer awaits one batch at a time: while it waits for augment workers,
 * attack workers may be at work too, and the other way round. For one thread.
 */
public final class StepWaits {
    private final LongSupplier nanoTime;
    private long augmentNanos;
    private long attackNanos;

    public StepWaits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts how long an answer is awaited, also where it does not come.
     *
     * @param kind of the view that is awaited; nobody is asked for a clean one
     */
    public <T> T during(View.Kind kind, Supplier<T> wait) {
        long start = nanoTime.getAsLong();
        try {
            return wait.get();
        } finally {
            long nanos = nanoTime.getAsLong() - start;
            switch (kind) {
                case AUGMIX -> augmentNanos += nanos;
                case ADVERSARIAL -> attackNanos += nanos;
                case CLEAN -> throw new IllegalArgumentException("a clean view is asked of nobody");
            }
        }
    }

    public double augmentMillis() {
        return augmentNanos / 1e6;
    }

    public double attackMillis() {
        return attackNanos / 1e6;
    }
}
