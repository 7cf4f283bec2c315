package org.rtda.messaging;

import java.time.Duration;

/** How long is waited between two tries while trouble lasts: each pause twice as long as the one before, up to a longest. */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Backoff() {}

    /** @param pause the one before; zero where there was none */
    static Duration longerThan(Duration pause) {
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
