package org.rtda.gateway.limit;

import java.time.Duration;

/**
 * The limit that a request exceeds, and when to send it again.
 *
 * @param detail the bound and its setting
 * @param retryAfter when it is worth another try, rounded up to whole seconds where it is told
 */
record Excess(String detail, Duration retryAfter) {
    /** At least 1. */
    long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
    }
}
