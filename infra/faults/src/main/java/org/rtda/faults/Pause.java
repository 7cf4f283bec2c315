package org.rtda.faults;

import java.time.Duration;

/** Lets time pass: a store that is away for three minutes is away for three minutes. */
final class Pause {
    private Pause() {}

    /** @throws IllegalStateException when interrupted */
    static void of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
