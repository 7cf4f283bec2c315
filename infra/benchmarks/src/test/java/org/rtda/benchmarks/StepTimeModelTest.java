package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.benchmarks.StepTimeModel.Setup;
import org.rtda.benchmarks.StepTimeModel.StepCosts;

class StepTimeModelTest {
    /** Train 10, snapshot 2, request 1, load 3, attack 40 a shard, answer 1; reading and augmenting cost nothing. */
    private static final StepCosts COSTS = new StepCosts(10, 2, 1, 3, 40, 1, 0, 0);

    @ParameterizedTest
    @CsvSource({
        // one worker, two shards one after the other: 2 + 1 + 3 + 40 + 40 + 1 + 10
        "1, 2, 97",
        // two workers share them: 2 + 1 + 3 + 40 + 1 + 10
        "2, 2, 57",
        // a third has nothing to do
        "3, 2, 57",
        // two of four shards each: 2 + 1 + 3 + 80 + 1 + 10
        "2, 4, 97",
        // of four shards three workers get two, one and one
        "3, 4, 97",
        "4, 4, 57"
    })
    void withoutLookaheadAStepIsTheWholeWayThereAndBack(int workers, int shards, double expected) {
        assertThat(StepTimeModel.stepMillis(new Setup(workers, 1, shards, 0), COSTS))
                .isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        // the worker is the slower one: 3 + 40 + 40, beside the trainer's 10
        "1, 2, 1, 83",
        "1, 2, 2, 83",
        // 3 + 40
        "2, 2, 1, 43"
    })
    void withLookaheadTheSlowerOfTrainerAndWorkerCounts(int workers, int shards, int lookahead, double expected) {
        assertThat(StepTimeModel.stepMillis(new Setup(workers, 1, shards, lookahead), COSTS))
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void aTrainerThatIsSlowerThanItsWorkersDoesNotWaitWithLookahead() {
        StepCosts slowTrainer = new StepCosts(100, 2, 1, 3, 40, 1, 0, 0);
        assertThat(StepTimeModel.stepMillis(new Setup(2, 1, 2, 1), slowTrainer)).isCloseTo(100, within(1e-9));
        // and without: 2 + 1 + 3 + 40 + 1 + 100
        assertThat(StepTimeModel.stepMillis(new Setup(2, 1, 2, 0), slowTrainer)).isCloseTo(147, within(1e-9));
    }

    @Test
    void snapshotsThatTakeLongerThanAStepHoldTheNextOnesUp() {
        // written one after the other, beside a trainer and workers that would take less
        StepCosts largeNetwork = new StepCosts(10, 90, 1, 3, 40, 1, 0, 0);
        assertThat(StepTimeModel.stepMillis(new Setup(2, 1, 2, 2), largeNetwork))
                .isCloseTo(90, within(1e-9));
    }

    @Test
    void lookaheadTooSmallForTheWayThereAndBackHidesOnlyAPart() {
        // a round trip of 2 + 30 + 40 + 30 for each of the two steps that are on their way at a time, and train 10
        StepCosts farAway = new StepCosts(10, 2, 30, 0, 40, 30, 0, 0);
        assertThat(StepTimeModel.stepMillis(new Setup(1, 1, 1, 1), farAway)).isCloseTo(112 / 2.0, within(1e-9));
        // with three on their way the worker is never without a request
        assertThat(StepTimeModel.stepMillis(new Setup(1, 1, 1, 2), farAway)).isCloseTo(40, within(1e-9));
    }

    @Test
    void answersAreReadAsTheyCome() {
        // the first of two shards is read while the second is crafted: 2 + 1 + 3 + 80 + 1 + 5 + 10
        StepCosts costs = new StepCosts(10, 2, 1, 3, 40, 1, 5, 0);
        assertThat(StepTimeModel.stepMillis(new Setup(1, 1, 2, 0), costs)).isCloseTo(102, within(1e-9));
        // from two workers both come at once: 2 + 1 + 3 + 40 + 1 + 5 + 5 + 10
        assertThat(StepTimeModel.stepMillis(new Setup(2, 1, 2, 0), costs)).isCloseTo(67, within(1e-9));
    }

    @Test
    void augmentWorkersThatDoNotKeepUpHoldTheStepUp() {
        // two shards of 60 by one worker are 120 a step, more than the 97 of the rest; by two they are hidden
        StepCosts costs = new StepCosts(10, 2, 1, 3, 40, 1, 0, 60);
        assertThat(StepTimeModel.stepMillis(new Setup(1, 1, 2, 0), costs)).isCloseTo(120, within(1e-9));
        assertThat(StepTimeModel.stepMillis(new Setup(1, 2, 2, 0), costs)).isCloseTo(97, within(1e-9));
    }

    @Test
    void theFirstStepsOfAnEpochShareItsFirstWeights() {
        // lookahead 1, one worker
        // 0: its snapshot is written at 2, request 1, load 3, attack 40, answer 1: at 47; trained at 57
        // 1: on the same weights, so behind step 0's attack and without a load: at 87; trained at 97
        // 2: snapshot from 57 to 59, but the worker is busy to 86: 86 + 3 + 40 + 1 = 130; trained at 140
        // 3: snapshot from 97 to 99, the worker busy to 129: 129 + 43 + 1 = 173; trained at 183
        assertThat(StepTimeModel.epoch(new Setup(1, 1, 1, 1), COSTS, 4)).containsExactly(57.0, 40.0, 43.0, 43.0);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Setup(0, 1, 1, 0)).hasMessageContaining("attackWorkers");
        assertThatThrownBy(() -> new StepCosts(Double.NaN, 0, 0, 0, 0, 0, 0, 0)).hasMessageContaining("was NaN");
    }
}
