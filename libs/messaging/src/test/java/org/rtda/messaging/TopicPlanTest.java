package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;

class TopicPlanTest {
    private static final TopicPlan.Wanted A = new TopicPlan.Wanted("a", 4, Map.of());
    private static final TopicPlan.Wanted B = new TopicPlan.Wanted("b", 4, Map.of());
    private static final TopicPlan.Wanted C = new TopicPlan.Wanted("c", 4, Map.of());

    @Test
    void missingTopicsAreCreatedAndSmallerOnesExtended() {
        TopicPlan plan = TopicPlan.of(List.of(A, B, C), Map.of("b", 3, "c", 4, "somebody-elses", 1));

        assertThat(plan.create()).containsExactly(A);
        assertThat(plan.extend()).containsExactly(B);
    }

    @Test
    void morePartitionsThanWantedStay() {
        assertThat(TopicPlan.of(List.of(A), Map.of("a", 12))).isEqualTo(new TopicPlan(List.of(), List.of()));
    }

    @Test
    void aWantedTopicIsAsTheContractsSay() {
        TopicPlan.Wanted wanted = TopicPlan.Wanted.of(Topic.ATTACK_REQUESTS);

        assertThat(wanted.name()).isEqualTo("attack-requests");
        assertThat(wanted.partitions()).isEqualTo(1);
        assertThat(wanted.settings()).containsEntry("retention.ms", "86400000");
    }
}
