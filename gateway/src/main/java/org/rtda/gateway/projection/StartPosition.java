package org.rtda.gateway.projection;

import org.rtda.gateway.database.TopicPosition;

/**
 * Where the projection begins to read a partition.
 *
 * @param position what is stored from now on
 * @param surprise why it is not where it stopped; null where it is, and where nothing is stored
 */
record StartPosition(TopicPosition position, String surprise) {
    /**
     * @param stored null where the partition has never been read
     * @param topicId of the topic as it is
     * @param begin offset of the first record that the broker still has
     * @param end offset after the last one
     */
    static StartPosition of(TopicPosition stored, String topic, int partition, String topicId, long begin, long end) {
        TopicPosition anew = new TopicPosition(topic, partition, topicId, begin);
        if (stored == null) {
            return new StartPosition(anew, null);
        }
        String name = topic + "-" + partition;
        if (!stored.topicId().equals(topicId)) {
            return new StartPosition(
                    anew,
                    name + " was made anew since it was read last: it is read from its beginning, and what the"
                            + " database knows of its predecessor stays");
        }
        if (stored.nextOffset() > end) {
            return new StartPosition(
                    anew,
                    name + " ends at " + end + ", before the stored position " + stored.nextOffset()
                            + ": the broker has lost records; it is read from its beginning");
        }
        if (stored.nextOffset() < begin) {
            return new StartPosition(
                    anew,
                    name + " begins at " + begin + ", after the stored position " + stored.nextOffset() + ": "
                            + (begin - stored.nextOffset())
                            + " records were removed before any gateway read them, and are not in the database");
        }
        return new StartPosition(stored, null);
    }
}
