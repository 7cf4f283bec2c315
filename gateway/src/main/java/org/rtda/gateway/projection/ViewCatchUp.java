package org.rtda.gateway.projection;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.rtda.gateway.database.TopicPosition;
import org.rtda.gateway.database.TopicPositions;
import org.rtda.gateway.problem.ProblemException;

/**
 * Tells whether the read model has everything that the topics held when the service started, whichever gateway projects it. Until
 * {@link #begin} it has not. Safe for several threads.
 */
public final class ViewCatchUp {
    private final TopicPositions positions;
    private Map<TopicPartition, Long> lastWanted;

    public ViewCatchUp(TopicPositions positions) {
        this.positions = positions;
    }

    /** @param lastOffsets by partition, of the last record there; partitions without records are left out */
    public synchronized void begin(Map<TopicPartition, Long> lastOffsets) {
        lastWanted = new HashMap<>(lastOffsets);
    }

    /**
     * Partitions whose last record has not been projected; -1 before the beginning.
     *
     * @throws ProblemException 503 when the database does not answer
     */
    public synchronized int partitionsLeft() {
        if (lastWanted == null) {
            return -1;
        }
        if (!lastWanted.isEmpty()) {
            for (TopicPosition position : positions.all()) {
                TopicPartition partition = new TopicPartition(position.topic(), position.partition());
                if (lastWanted.getOrDefault(partition, Long.MAX_VALUE) < position.nextOffset()) {
                    lastWanted.remove(partition);
                }
            }
        }
        return lastWanted.size();
    }

    /**
     * Whether the read model has all that the topics hold, not only what they held at the start: it may have been forgotten since, or
     * nobody may be projecting.
     *
     * @param lastOffsets by partition, of the last record there now; partitions without records are left out
     * @throws ProblemException 503 when the database does not answer
     */
    public boolean has(Map<TopicPartition, Long> lastOffsets) {
        Map<TopicPartition, Long> next = new HashMap<>();
        positions
                .all()
                .forEach(position ->
                        next.put(new TopicPartition(position.topic(), position.partition()), position.nextOffset()));
        return lastOffsets.entrySet().stream().allMatch(last -> next.getOrDefault(last.getKey(), 0L) > last.getValue());
    }
}
