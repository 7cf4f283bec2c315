package org.rtda.gateway.projection;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
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
    private Map<String, String> topicIds;

    public ViewCatchUp(TopicPositions positions) {
        this.positions = positions;
    }

    /**
     * @param lastOffsets by partition, of the last record there; partitions without records are left out
     * @param ids of the topics as they are: a position in a predecessor says nothing
     */
    public synchronized void begin(Map<TopicPartition, Long> lastOffsets, Map<String, String> ids) {
        lastWanted = new HashMap<>(lastOffsets);
        topicIds = Map.copyOf(ids);
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
            reached(topicIds).forEach((partition, next) -> {
                if (lastWanted.getOrDefault(partition, Long.MAX_VALUE) < next) {
                    lastWanted.remove(partition);
                }
            });
        }
        return lastWanted.size();
    }

    /**
     * Whether the read model has all that the topics hold, not only what they held at the start: it may have been forgotten since, or
     * nobody may be projecting.
     *
     * @param lastOffsets by partition, of the last record there now; partitions without records are left out
     * @param ids of the topics as they are
     * @throws ProblemException 503 when the database does not answer
     */
    public boolean has(Map<TopicPartition, Long> lastOffsets, Map<String, String> ids) {
        Map<TopicPartition, Long> next = reached(ids);
        return lastOffsets.entrySet().stream().allMatch(last -> next.getOrDefault(last.getKey(), 0L) > last.getValue());
    }

    private Map<TopicPartition, Long> reached(Map<String, String> ids) {
        return positions.all().stream()
                .filter(position -> position.topicId().equals(ids.get(position.topic())))
                .collect(Collectors.toMap(
                        position -> new TopicPartition(position.topic(), position.partition()),
                        TopicPosition::nextOffset));
    }
}
