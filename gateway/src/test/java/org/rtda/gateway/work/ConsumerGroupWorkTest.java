package org.rtda.gateway.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerGroupWorkTest {
    private static final TopicPartition FIRST = new TopicPartition("robustness-metrics", 0);
    private static final TopicPartition SECOND = new TopicPartition("robustness-metrics", 1);

    /** 20 records in the first, of which retention has removed 5; 8 in the second. */
    private static final TopicOffsets OFFSETS =
            new TopicOffsets(Map.of(FIRST, 5L, SECOND, 0L), Map.of(FIRST, 20L, SECOND, 8L));

    private static MemberDescription member(String id, TopicPartition... read) {
        return new MemberDescription(
                id,
                Optional.empty(),
                Optional.empty(),
                "client",
                "/10.0.0.1",
                new MemberAssignment(Set.of(read)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<WorkerGroup> of(
            Map<TopicPartition, OffsetAndMetadata> committed, MemberDescription... members) {
        ConsumerGroupDescription group = new ConsumerGroupDescription(
                "group",
                false,
                List.of(members),
                "range",
                GroupType.CLASSIC,
                GroupState.STABLE,
                Node.noNode(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
        return new ConsumerGroupWork(group, committed, OFFSETS).topics();
    }

    @Test
    void whatIsBeyondTheCommittedOffsetsWaits() {
        // 20 - 12 of the first; of the second, where nothing was committed, all 8
        assertThat(of(Map.of(FIRST, new OffsetAndMetadata(12)), member("1", FIRST), member("2", SECOND)))
                .containsExactly(new WorkerGroup("group", "robustness-metrics", 2, 16L, 2, 12L));
    }

    @Test
    void whatRetentionRemovedWaitsForNobody() {
        assertThat(of(Map.of(FIRST, new OffsetAndMetadata(2), SECOND, new OffsetAndMetadata(8))))
                .containsExactly(new WorkerGroup("group", "robustness-metrics", 0, 15L, 2, 13L));
    }

    @Test
    void aGroupThatCommitsNothingHasNoLag() {
        Map<TopicPartition, OffsetAndMetadata> nothing = new HashMap<>();
        nothing.put(FIRST, null);
        assertThat(of(nothing, member("1", FIRST, SECOND)))
                .containsExactly(new WorkerGroup("group", "robustness-metrics", 1, null, 2, null));
    }
}
