package org.rtda.attack;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether requests move on: what liveness looks at, since an evaluation request may rightly take long. Safe for use by
 * several threads.
 */
final class RequestProgress {
    private final LongSupplier nanoTime;
    private long movedAt;
    private int underWay;

    RequestProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.movedAt = nanoTime.getAsLong();
    }

    /** A request began or ended, or another pass through the network is about to be made. */
    synchronized void moved() {
        movedAt = nanoTime.getAsLong();
    }

    synchronized void requestBegan() {
        underWay++;
        moved();
    }

    synchronized void requestEnded() {
        underWay--;
        moved();
    }

    /** How long requests have been under way without anything moving; zero without requests. */
    synchronized Duration stalledFor() {
        return underWay == 0 ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - movedAt);
    }
}
