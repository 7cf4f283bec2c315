package org.rtda.gateway.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A {@link WorkerGroup} with what this gateway has seen of it: when it was last there, and how much it does.
 *
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
