package org.rtda.gateway.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ShareMemberAssignment;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ShareGroupWorkTest {
    private static final String GROUP = "attack-requests-workers";
    private static final TopicPartition ATTACKS = new TopicPartition("attack-requests", 0);
    private static final TopicPartition MORE_ATTACKS = new TopicPartition("attack-requests", 1);
    private static final TopicPartition AUGMENTS = new TopicPartition("augment-requests", 0);

    /** 60 attack requests were published, of which retention has removed the first 10, and 5 augment requests. */
    private static final TopicOffsets OFFSETS =
            new TopicOffsets(Map.of(ATTACKS, 10L, AUGMENTS, 0L), Map.of(ATTACKS, 60L, AUGMENTS, 5L));

    private static ShareMemberDescription member(String id, String process, String host, TopicPartition... taken) {
        return new ShareMemberDescription(
                id, Optional.empty(), process, host, new ShareMemberAssignment(Set.of(taken)), 1);
    }

    private static SharePartitionOffsetInfo progress(long start, Long lag) {
        return new SharePartitionOffsetInfo(start, Optional.empty(), Optional.ofNullable(lag));
    }

    private static List<WorkerGroup> of(
            String group, Map<TopicPartition, SharePartitionOffsetInfo> progress, ShareMemberDescription... members) {
        return new ShareGroupWork(group, List.of(members), progress, OFFSETS).topics();
    }

    @Test
    void aGroupThatNeverHadAMemberLeavesAllThatItsTopicHolds() {
        assertThat(of(GROUP, Map.of())).containsExactly(new WorkerGroup(GROUP, "attack-requests", 0, 50L, 1, 10L));
    }

    @Test
    void recordsThatAreDoneBehindOneThatIsNotDoNotWait() {
        // 60 - 40 = 20 from the oldest that is not done, 12 of them done
        assertThat(of(GROUP, Map.of(ATTACKS, progress(40, 8L))))
                .containsExactly(new WorkerGroup(GROUP, "attack-requests", 0, 8L, 1, 52L));
    }

    @Test
    void aBrokerThatDoesNotCountThemLeavesAllFromTheOldest() {
        assertThat(of(GROUP, Map.of(ATTACKS, progress(40, null)))).first().hasFieldOrPropertyWithValue("lag", 20L);
    }

    @Test
    void whatRetentionRemovedWaitsForNobody() {
        assertThat(of(GROUP, Map.of(ATTACKS, progress(3, 57L)))).first().hasFieldOrPropertyWithValue("lag", 50L);
        assertThat(of(GROUP, Map.of(ATTACKS, progress(3, null)))).first().hasFieldOrPropertyWithValue("lag", 50L);
    }

    @Test
    void aProcessThatIsAMemberSeveralTimesCountsOnce() {
        assertThat(of(
                        GROUP,
                        Map.of(),
                        member("1", "11@a", "/10.0.0.1", ATTACKS),
                        member("2", "11@a", "/10.0.0.1", ATTACKS),
                        member("3", "12@a", "/10.0.0.1", ATTACKS),
                        member("4", "11@a", "/10.0.0.2", ATTACKS)))
                .first()
                .hasFieldOrPropertyWithValue("members", 3);
    }

    @Test
    void aMemberThatTakesNothingOfATopicDoesNotCountThere() {
        assertThat(of(GROUP, Map.of(), member("1", "11@a", "/10.0.0.1")))
                .first()
                .hasFieldOrPropertyWithValue("members", 0);
    }

    @Test
    void partitionsOfATopicAddUp() {
        TopicOffsets two =
                new TopicOffsets(Map.of(ATTACKS, 10L, MORE_ATTACKS, 0L), Map.of(ATTACKS, 60L, MORE_ATTACKS, 7L));
        // 8 of the first, all 7 of the second, which nobody has taken from
        assertThat(new ShareGroupWork(GROUP, List.of(), Map.of(ATTACKS, progress(40, 8L)), two).topics())
                .containsExactly(new WorkerGroup(GROUP, "attack-requests", 0, 15L, 2, 52L));
    }

    @Test
    void aForeignGroupsLagIsUnknownUntilItHasTakenSomething() {
        Map<TopicPartition, SharePartitionOffsetInfo> untouched = new HashMap<>();
        untouched.put(AUGMENTS, null);
        assertThat(of("foreign", untouched, member("1", "x", "/10.0.0.1", AUGMENTS)))
                .containsExactly(new WorkerGroup("foreign", "augment-requests", 1, null, 1, null));
        assertThat(of("foreign", Map.of(AUGMENTS, progress(2, 3L))))
                .containsExactly(new WorkerGroup("foreign", "augment-requests", 0, 3L, 1, 2L));
    }

    @Test
    void topicsThatAreNotTheProjectsAreLeftOut() {
        assertThat(of("foreign", Map.of(new TopicPartition("orders", 0), progress(2, 3L))))
                .isEmpty();
    }

    @Test
    void everyTopicOfWorkHasAGroup() {
        assertThat(ShareGroupWork.expected())
                .containsExactlyInAnyOrder(
                        "experiments-workers",
                        "checkpoints-workers",
                        "augment-requests-workers",
                        "attack-requests-workers",
                        "evaluation-attack-requests-workers",
                        "named-evaluation-attack-requests-workers",
                        "evaluation-commands-workers",
                        "evaluation-requests-workers",
                        "named-evaluation-requests-workers");
    }
}
