package org.rtda.gateway.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A {@link WorkerGroup} with what this gateway has seen of it: when it was last there, and how much it does.
 *
 * @param group a share group, which any number of workers may join, or a consumer group
 * @param topic from which it takes work
 * @param members of a share group the processes that take records of the topic, each counted once however often it is a member; of a
 *     consumer group its members that read the topic
 * @param lag records that are not done: those that wait and those that are worked on; null where the group records no progress
 * @param partitions of the topic
 * @param done records of the topic that wait for nobody any more, since the topic was made; null where the lag is
 * @param lastSeen when this gateway last saw a member; null where it has seen none since it began
 * @param donePerMinute records done a minute, over the last five minutes or since the gateway began; null where it has not looked
 *     twice yet, or the group records no progress
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SeenWorkerGroup(
        String group,
        String topic,
        int members,
        Long lag,
        int partitions,
        Long done,
        Instant lastSeen,
        Double donePerMinute) {
    static SeenWorkerGroup of(WorkerGroup group, Instant lastSeen, Double donePerMinute) {
        return new SeenWorkerGroup(
                group.group(),
                group.topic(),
                group.members(),
                group.lag(),
                group.partitions(),
                group.done(),
                lastSeen,
                donePerMinute);
    }
}
