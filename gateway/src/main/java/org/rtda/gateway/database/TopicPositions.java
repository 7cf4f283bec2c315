package org.rtda.gateway.database;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Where the projection goes on, stored beside what it has made. */
public final class TopicPositions {
    private final Database database;

    public TopicPositions(Database database) {
        this.database = database;
    }

    public List<TopicPosition> all() {
        return database.read(handle -> handle.createQuery(
                        "select topic, topic_partition, topic_id, next_offset from topic_positions")
                .map((row, context) ->
                        new TopicPosition(row.getString(1), row.getInt(2), row.getString(3), row.getLong(4)))
                .list());
    }

    /**
     * Sets positions, whatever they were. Where a topic was made anew, its records have the places of its predecessor's: the letters of
     * these get names of their own, so that those of the new ones are told.
     */
    public void set(Collection<TopicPosition> positions) {
        database.inTransaction(handle -> {
            for (TopicPosition position : positions) {
                DeadLetters.setApart(handle, position);
                handle.createUpdate("delete from topic_positions where topic = :topic and topic_partition = :partition")
                        .bind("topic", position.topic())
                        .bind("partition", position.partition())
                        .execute();
                handle.createUpdate("insert into topic_positions (topic, topic_partition, topic_id, next_offset)"
                                + " values (:topic, :partition, :topicId, :next)")
                        .bind("topic", position.topic())
                        .bind("partition", position.partition())
                        .bind("topicId", position.topicId())
                        .bind("next", position.nextOffset())
                        .execute();
            }
            return null;
        });
    }

    /**
     * @throws ProjectionLostException when the position is not the expected one: somebody else has read on, or the read model is built
     *     anew
     */
    static void advance(Handle transaction, PositionStep step) {
        int moved = transaction
                .createUpdate("update topic_positions set next_offset = :to"
                        + " where topic = :topic and topic_partition = :partition and next_offset = :from")
                .bind("to", step.to())
                .bind("topic", step.topic())
                .bind("partition", step.partition())
                .bind("from", step.from())
                .execute();
        if (moved != 1) {
            throw lost(step);
        }
    }

    /** @throws ProjectionLostException when the stored position is not the one that the step begins at */
    static void require(Handle transaction, PositionStep step) {
        long found = transaction
                .createQuery("select count(*) from topic_positions"
                        + " where topic = :topic and topic_partition = :partition and next_offset = :from")
                .bind("topic", step.topic())
                .bind("partition", step.partition())
                .bind("from", step.from())
                .mapTo(Long.class)
                .one();
        if (found != 1) {
            throw lost(step);
        }
    }

    private static ProjectionLostException lost(PositionStep step) {
        return new ProjectionLostException("the stored position of " + step.topic() + "-" + step.partition()
                + " is not " + step.from() + " any more");
    }
}
