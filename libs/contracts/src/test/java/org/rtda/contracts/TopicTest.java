package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicTest {
    private static final Topic REQUESTS = Topic.ATTACK_REQUESTS;

    @Test
    void shardsOfAStepTakeNeighbouringPartitions() {
        // 48 partitions, 2 shards: 24 blocks of 2
        assertThat(REQUESTS.partitionFor(0, 0, 2)).isEqualTo(0);
        assertThat(REQUESTS.partitionFor(0, 1, 2)).isEqualTo(1);
        assertThat(REQUESTS.partitionFor(1, 0, 2)).isEqualTo(2);
        assertThat(REQUESTS.partitionFor(23, 1, 2)).isEqualTo(47);
        assertThat(REQUESTS.partitionFor(24, 0, 2)).isEqualTo(0);
    }

    @Test
    void blocksMoveAlongByWhatTheDivisionLeavesOver() {
        // 48 = 9 blocks of 5 + 3: the tenth step begins at 1, the nineteenth at 2, the 37th at 0 again
        assertThat(REQUESTS.partitionFor(8, 4, 5)).isEqualTo(44);
        assertThat(REQUESTS.partitionFor(9, 0, 5)).isEqualTo(1);
        assertThat(REQUESTS.partitionFor(18, 0, 5)).isEqualTo(2);
        assertThat(REQUESTS.partitionFor(27, 4, 5)).isEqualTo(7);
        assertThat(REQUESTS.partitionFor(35, 4, 5)).isEqualTo(47);
        assertThat(REQUESTS.partitionFor(36, 0, 5)).isEqualTo(0);
    }

    /** Kafka's RoundRobinAssignor gives partition p to worker p mod the number of workers. */
    @Test
    void noWorkerGetsTwoShardsMoreThanAnotherForAnyNumberOfWorkers() {
        for (int workers = 1; workers <= REQUESTS.partitions(); workers++) {
            for (int shards = 1; shards <= REQUESTS.partitions(); shards++) {
                int widest = 0;
                for (long step = 0; step < 100; step++) {
                    widest = Math.max(widest, spread(workers, shards, step));
                }
                assertThat(widest).as("%d workers, %d shards", workers, shards).isLessThanOrEqualTo(1);
            }
        }
    }

    /** How many shards of a step the busiest worker has more than the idlest. */
    private static int spread(int workers, int shards, long step) {
        int[] load = new int[workers];
        for (int shard = 0; shard < shards; shard++) {
            load[REQUESTS.partitionFor(step, shard, shards) % workers]++;
        }
        Arrays.sort(load);
        return load[workers - 1] - load[0];
    }

    @Test
    void everyPartitionHasItsTurn() {
        for (int shards = 1; shards <= 100; shards++) {
            Set<Integer> used = new HashSet<>();
            for (long step = 0; step < 48 * 48; step++) {
                for (int shard = 0; shard < shards; shard++) {
                    used.add(REQUESTS.partitionFor(step, shard, shards));
                }
            }
            assertThat(used).as("%d shards", shards).hasSize(48).allMatch(p -> p >= 0 && p < 48);
        }
    }

    @Test
    void aLaneOfSingleBatchesGoesThroughThePartitionsInTurn() {
        assertThat(IntStream.range(0, 48)
                        .map(batch -> Topic.EVALUATION_ATTACK_REQUESTS.partitionFor(batch, 0, 1))
                        .toArray())
                .containsExactly(IntStream.range(0, 48).toArray());
    }

    @Test
    void whatHappenedIsKeptForeverAndBatchesHalfAnHour() {
        assertThat(Topic.ROBUSTNESS_METRICS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.DEAD_LETTERS.settings()).containsEntry("retention.ms", "-1");
        assertThat(Topic.ADVERSARIAL_BATCHES.settings()).containsEntry("retention.ms", "1800000");
    }
}
