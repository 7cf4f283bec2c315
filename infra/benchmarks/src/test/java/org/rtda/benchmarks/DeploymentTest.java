package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rtda.benchmarks.Deployment.Work;
import org.rtda.benchmarks.StepTimeModel.StepCosts;

class DeploymentTest {
    /** 10 and 5 teraflop/s, 8 Gbit/s (1 MB a millisecond), calls of 1 ms, 0.5 and 1 GB/s (2 ms and 1 ms a megabyte). */
    private static final Deployment DEPLOYMENT = new Deployment(10, 5, 8, 1, 0.5, 1);
    /** 100 MB of weights, 2 gigaflop forward, 0.5 MB an image, batches of 40, three views of which one is augmented, seven attack steps. */
    private static final Work WORK = new Work("work", 100, 2, 0.5, 40, 3, 1, 7);

    @Test
    void costsAreOperationsOverSpeedAndBytesOverBandwidth() {
        StepCosts costs = DEPLOYMENT.costs(WORK, 4, 4);
        // 40 images x 3 views x 3 passes x 2 gigaflop / 10 teraflop/s = 72; four augmented shards read: 4 x 11
        assertThat(costs.trainMillis()).isCloseTo(116, within(1e-9));
        // 1 + 100 MB x 2 ms + 100 MB x 1 ms
        assertThat(costs.snapshotMillis()).isCloseTo(301, within(1e-9));
        // 1 + four at once over the store's link 400 + decoded 100
        assertThat(costs.loadMillis()).isCloseTo(501, within(1e-9));
        // 10 images x 7 steps x 2 passes x 2 gigaflop / 5 teraflop/s
        assertThat(costs.attackMillis()).isCloseTo(56, within(1e-9));
        // the store's call and the message 2; 5 MB written 10, sent 5
        assertThat(costs.answerMillis()).isCloseTo(17, within(1e-9));
        // 1 + 5 + 5
        assertThat(costs.readMillis()).isCloseTo(11, within(1e-9));
        assertThat(costs.requestMillis()).isEqualTo(1);
    }

    @Test
    void noMoreWorkersLoadThanThereAreShards() {
        assertThat(DEPLOYMENT.costs(WORK, 2, 8).loadMillis()).isCloseTo(301, within(1e-9));
    }
}
