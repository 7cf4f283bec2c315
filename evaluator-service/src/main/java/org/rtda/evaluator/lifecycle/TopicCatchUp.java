package org.rtda.evaluator.lifecycle;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells when a reader has read everything that its partitions held when it started. Not safe for use by several
 * threads.
 */
final class TopicCatchUp {
    /** Offset of the last record to see, by partition that is still behind. */
    private final Map<Integer, Long> behind = new HashMap<>();

    void begin(int partition, OffsetRange there) {
        if (there.end() > there.beginning()) {
            behind.put(partition, there.end() - 1);
        } else {
            behind.remove(partition);
        }
    }

    void forget(int partition) {
        behind.remove(partition);
    }

    void seen(int partition, long offset) {
        behind.computeIfPresent(partition, (p, last) -> offset >= last ? null : last);
    }

    boolean isBehind(int partition) {
        return behind.containsKey(partition);
    }

    boolean isBehind() {
        return !behind.isEmpty();
    }
}
