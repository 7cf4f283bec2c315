package org.rtda.gateway.projection;

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
    private boolean wasComplete;

    public ViewCatchUp(TopicPositions positions) {
        this.positions = positions;
    }

    /**
     * @param lastOffsets by partition, of the last record there; partitions without records are left out
     * @param ids of the topics as they are: a position in a predecessor says nothing
     */
    public synchronized void begin(Map<TopicPartition, Long> lastOffsets, Map<String, String> ids) {
        lastWanted = Map.copyOf(lastOffsets);
        topicIds = Map.copyOf(ids);
    }

    /**
     * Partitions whose last record has not been projected since the start; -1 before the beginning. Once it is 0 it stays so: a gateway that
     * serves goes on while its read model is built anew.
     *
     * @throws ProblemException 503 when the database does not answer
     */
    public synchronized int partitionsLeft() {
        if (lastWanted == null) {
            return -1;
        }
        int left = wasComplete ? 0 : partitionsBehind(lastWanted, topicIds);
        wasComplete = left == 0;
        return left;
    }

    /**
     * Partitions whose last record is not in the read model, which may have been forgotten since the start, or is projected by nobody.
     *
     * @param lastOffsets by partition, of the last record there now; partitions without records are left out
     * @param ids of the topics as they are
     * @throws ProblemException 503 when the database does not answer
     */
    public int partitionsBehind(Map<TopicPartition, Long> lastOffsets, Map<String, String> ids) {
        Map<TopicPartition, Long> next = reached(ids);
        return (int) lastOffsets.entrySet().stream()
                .filter(last -> next.getOrDefault(last.getKey(), 0L) <= last.getValue())
                .count();
    }

    /** Whether the read model has all that the topics hold now: nothing is {@linkplain #partitionsBehind behind}. */
    public boolean has(Map<TopicPartition, Long> lastOffsets, Map<String, String> ids) {
        return partitionsBehind(lastOffsets, ids) == 0;
    }

    private Map<TopicPartition, Long> reached(Map<String, String> ids) {
        return positions.all().stream()
                .filter(position -> position.topicId().equals(ids.get(position.topic())))
                .collect(Collectors.toMap(
                        position -> new TopicPartition(position.topic(), position.partition()),
                        TopicPosition::nextOffset));
    }
}
