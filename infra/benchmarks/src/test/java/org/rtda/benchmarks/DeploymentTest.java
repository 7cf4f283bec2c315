package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rtda.benchmarks.Deployment.Host;
import org.rtda.benchmarks.Deployment.Rates;
import org.rtda.benchmarks.Deployment.Work;
import org.rtda.benchmarks.StepTimeModel.StepCosts;

class DeploymentTest {
    /**
     * 10 and 5 teraflop/s, 8 Gbit/s (1 MB a millisecond), calls of 1 ms. A megabyte of images takes 2 ms to write, 1 to read and 0.5 to
     * copy, one of weights 4, 2 and 1; a step's arithmetic 5.
     */
    private static final Deployment DEPLOYMENT =
            new Deployment(10, 5, 8, 1, new Host(new Rates(0.5, 1, 2), new Rates(0.25, 0.5, 1), 0.2));
    /** 100 MB of weights, 2 gigaflop forward, 0.5 MB an image, batches of 40, three views, seven attack steps. */
    private static final Work WORK = new Work("work", 100, 2, 0.5, 40, 3, 7);

    @Test
    void costsAreOperationsOverSpeedAndBytesOverBandwidth() {
        StepCosts costs = DEPLOYMENT.costs(WORK, 4, 4);
        // 1 + 100 MB x 4 ms + 100 MB x 1 ms
        assertThat(costs.snapshotMillis()).isCloseTo(501, within(1e-9));
        // 1 + four at once over the store's link 400 + decoded 200 + to the device 100
        assertThat(costs.loadMillis()).isCloseTo(701, within(1e-9));
        assertThat(costs.requestMillis()).isEqualTo(1);
        // 1 + 5 MB received 5 + decoded 5 + compared with a copy 2.5
        assertThat(costs.readMillis()).isCloseTo(13.5, within(1e-9));
    }

    @Test
    void whatATrainerCopiesIsItsOwnWork() {
        // 40 images x 3 views x 3 passes x 2 gigaflop / 10 teraflop/s = 72
        // 3 views of 20 MB made or joined, and brought to the device: 3 x 2 x 20 x 0.5 = 60; weights copied 100
        assertThat(DEPLOYMENT.costs(WORK, 4, 4).trainMillis()).isCloseTo(232, within(1e-9));
        assertThat(DEPLOYMENT.trainMillis(WORK)).isCloseTo(72, within(1e-9));
    }

    @Test
    void aWorkerIsBusyUntilItsAnswerIsPublished() {
        StepCosts costs = DEPLOYMENT.costs(WORK, 4, 4);
        // gradients: 10 images x 7 steps x 2 passes x 2 gigaflop / 5 teraflop/s = 56
        // 5 MB copied once, and there and back in each step: 15 x 5 x 0.5 = 37.5; arithmetic 7 x 5 x 5 = 175
        // the answer: the store's call and the message 2, written 10, sent 5
        assertThat(costs.attackMillis()).isCloseTo(56 + 37.5 + 175 + 17, within(1e-9));
        assertThat(costs.answerMillis()).isZero();
    }

    @Test
    void noMoreWorkersLoadThanThereAreShards() {
        assertThat(DEPLOYMENT.costs(WORK, 2, 8).loadMillis()).isCloseTo(501, within(1e-9));
    }
}
