package org.rtda.trainer;

import java.util.concurrent.atomic.AtomicReference;

/** How the outside tells a run to stop. Safe for use by several threads; the first word counts. */
public final class RunControl {
    private enum Kind {
        CANCELLED,
        HANDED_OVER
    }

    private record Stop(Kind kind, String reason) {}

    private final AtomicReference<Stop> stop = new AtomicReference<>();

    /** People no longer want it. */
    void cancel() {
        stop.compareAndSet(null, new Stop(Kind.CANCELLED, "cancelled"));
    }

    /** Another trainer may own the experiment: stop without a word. */
    void handOver() {
        stop.compareAndSet(null, new Stop(Kind.HANDED_OVER, "the experiment changes hands"));
    }

    boolean isCancelled() {
        Stop told = stop.get();
        return told != null && told.kind() == Kind.CANCELLED;
    }

    boolean isHandedOver() {
        Stop told = stop.get();
        return told != null && told.kind() == Kind.HANDED_OVER;
    }

    /**
     * @throws TrainingStoppedException when the run is handed over
     */
    void checkHandedOver() {
        if (isHandedOver()) {
            throw new TrainingStoppedException("the trainer is shutting down");
        }
    }

    /**
     * @throws TrainingStoppedException when the run is cancelled or handed over
     */
    public void check() {
        Stop told = stop.get();
        if (told == null) {
            return;
        }
        throw new TrainingStoppedException(told.reason());
    }
}
