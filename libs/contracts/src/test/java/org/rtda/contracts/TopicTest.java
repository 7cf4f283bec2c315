package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTest {

    /** With two, a worker could wait beside an empty partition while the other's own workers are busy. */
    @Test
    void allWorkersOfATopicShareOnePartition() {
        List<Topic> work = Arrays.stream(Topic.values()).filter(Topic::isWork).toList();

        assertThat(work)
                .containsExactly(
                        Topic.EXPERIMENTS,
                        Topic.CHECKPOINTS,
                        Topic.AUGMENT_REQUESTS,
                        Topic.ATTACK_REQUESTS,
                        Topic.EVALUATION_ATTACK_REQUESTS,
                        Topic.NAMED_EVALUATION_ATTACK_REQUESTS,
                        Topic.EVALUATION_COMMANDS,
                        Topic.EVALUATION_REQUESTS,
                        Topic.NAMED_EVALUATION_REQUESTS)
                .allMatch(topic -> topic.partitions() == 1);
        assertThat(Topic.ATTACK_REQUESTS.workers()).isEqualTo("attack-requests-workers");
    }

    @Test
    void everyTopicOfWorkHasItsShareGroupAndCancelsAndEndsOfEvaluationsHaveThreeMore() {
        assertThat(Topic.shareGroups())
                .hasSize(9 + 3)
                .contains(
                        "experiments-workers",
                        "experiments-cancellers",
                        "experiments-evaluation-cancellers",
                        "robustness-metrics-completers")
                .doesNotHaveDuplicates();
    }

    @Test
    void whatEverybodyReadsHasNoWorkers() {
        assertThatThrownBy(Topic.ROBUSTNESS_METRICS::workers)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("robustness-metrics is no queue of work");
    }

    @Test
    void whatHappenedIsKeptForeverRequestsADayBatchesHalfAnHourAndTheAuditLog400Days() {
        assertThat(Topic.ROBUSTNESS_METRICS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.DEAD_LETTERS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.EXPERIMENTS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.EVALUATION_ATTACK_REQUESTS.settings()).containsEntry("retention.ms", "86400000");
        assertThat(Topic.ADVERSARIAL_BATCHES.settings()).containsEntry("retention.ms", "1800000");
        assertThat(Topic.AUDIT_LOG.settings()).containsEntry("retention.ms", "34560000000");
    }
}
