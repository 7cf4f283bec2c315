package org.rtda.gateway.limit;

import java.time.Duration;

/**
 * How fast bytes must come and go.
 *
 * @param grace how long any number of bytes may take
 * @param leastBytesPerSecond on average after that time
 */
record Pace(Duration grace, int leastBytesPerSecond) {
    boolean isTooSlow(long bytes, Duration since) {
        return since.compareTo(grace) > 0 && bytes < (since.minus(grace).toMillis() / 1000.0 + 1) * leastBytesPerSecond;
    }
}
