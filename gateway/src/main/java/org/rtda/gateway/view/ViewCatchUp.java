package org.rtda.gateway.view;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells whether everything that the topics held when the service started has been read. Until {@link #begin} it has
 * not. Safe for several threads.
 */
public final class ViewCatchUp {
    private Map<TopicPartition, Long> lastWanted;
    private final Map<TopicPartition, Long> lastSeen = new HashMap<>();

    /** @param lastOffsets by partition, of the last record there; partitions without records are left out */
    public synchronized void begin(Map<TopicPartition, Long> lastOffsets) {
        lastWanted = new HashMap<>(lastOffsets);
        lastWanted.entrySet().removeIf(wanted -> lastSeen.getOrDefault(wanted.getKey(), -1L) >= wanted.getValue());
        lastSeen.clear();
    }

    synchronized void seen(TopicPartition partition, long offset) {
        if (lastWanted == null) {
            lastSeen.merge(partition, offset, Math::max);
        } else if (lastWanted.getOrDefault(partition, Long.MAX_VALUE) <= offset) {
            lastWanted.remove(partition);
        }
    }

    public synchronized boolean isDone() {
        return lastWanted != null && lastWanted.isEmpty();
    }

    /** Partitions whose last record has not been seen; -1 before the beginning. */
    public synchronized int partitionsLeft() {
        return lastWanted == null ? -1 : lastWanted.size();
    }
}
