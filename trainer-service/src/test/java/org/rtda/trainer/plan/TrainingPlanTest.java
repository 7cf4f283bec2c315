package org.rtda.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.OptimizerSettings;
import org.rtda.nn.pytorch.method.MethodSettings;

class TrainingPlanTest {

    /** 10 images in batches of 3: 3 steps an epoch, one image of each epoch left out. */
    private static TrainingPlan plan(int lookahead, int shards) {
        return new TrainingPlan(spec(lookahead, shards), 10);
    }

    private static ExperimentSpec spec(int lookahead, int shards) {
        return ExperimentSpec.builder()
                .dataset("phantoms")
                .method("rtda")
                .network("resnet8")
                .epochs(2)
                .batchSize(3)
                .seed(7L)
                .lookahead(lookahead)
                .shards(shards)
                .build();
    }

    @Test
    void anEpochLeavesOutTheIncompleteBatch() {
        assertThat(plan(0, 1).stepsPerEpoch()).isEqualTo(3);
        assertThat(plan(0, 1).totalSteps()).isEqualTo(6);
    }

    @Test
    void noImageComesTwiceInAnEpochAndEpochsDifferInOrder() {
        TrainingPlan plan = plan(0, 1);
        TreeSet<Integer> seen = new TreeSet<>();
        for (long step = 0; step < 3; step++) {
            Arrays.stream(plan.batch(step)).forEach(index -> {
                assertThat(seen.add(index)).as("image %d", index).isTrue();
                assertThat(index).isBetween(0, 9);
            });
        }
        int[] first =
                IntStream.range(0, 3).flatMap(s -> Arrays.stream(plan.batch(s))).toArray();
        int[] second =
                IntStream.range(3, 6).flatMap(s -> Arrays.stream(plan.batch(s))).toArray();
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aPlanAskedInAnotherOrderAnswersTheSame() {
        TrainingPlan inTurn = plan(0, 1);
        int[][] expected = {inTurn.batch(0), inTurn.batch(3), inTurn.batch(5)};
        TrainingPlan jumping = plan(0, 1);
        assertThat(jumping.batch(5)).isEqualTo(expected[2]);
        assertThat(jumping.batch(0)).isEqualTo(expected[0]);
        assertThat(jumping.batch(3)).isEqualTo(expected[1]);
    }

    @Test
    void shardsAreContiguousAndDifferByOneImageAtMost() {
        List<int[]> shards = plan(0, 2).shards(new int[] {4, 8, 6, 1, 3});
        assertThat(shards).hasSize(2);
        assertThat(shards.get(0)).containsExactly(4, 8);
        assertThat(shards.get(1)).containsExactly(6, 1, 3);
        // of the specification's three images
        assertThat(IntStream.rangeClosed(0, 2).map(plan(0, 2)::shardStart)).containsExactly(0, 1, 3);
    }

    @Test
    void withoutLookaheadEachStepIsAttackedOnTheWeightsBeforeIt() {
        TrainingPlan plan = plan(0, 1);
        for (long step = 0; step < 6; step++) {
            assertThat(plan.weightsVersion(step)).isEqualTo(step);
            assertThat(plan.stepsAttackedOn(step)).containsExactly(step);
        }
        assertThat(plan.stepsAttackedOn(6)).isEmpty();
    }

    @Test
    void lookaheadOneIsOneStepStaleButNeverReachesPastTheEpochsStart() {
        TrainingPlan plan = plan(1, 1);
        assertThat(IntStream.range(0, 6).mapToLong(plan::weightsVersion)).containsExactly(0L, 0L, 1L, 3L, 3L, 4L);
        assertThat(plan.stepsAttackedOn(0)).containsExactly(0L, 1L);
        assertThat(plan.stepsAttackedOn(1)).containsExactly(2L);
        assertThat(plan.stepsAttackedOn(2)).isEmpty();
        assertThat(plan.stepsAttackedOn(3)).containsExactly(3L, 4L);
        assertThat(plan.stepsAttackedOn(4)).containsExactly(5L);
    }

    @Test
    void everyStepIsAttackedOnExactlyOneVersionWhateverTheLookahead() {
        for (int lookahead = 0; lookahead < 5; lookahead++) {
            TrainingPlan plan = plan(lookahead, 1);
            List<Long> attacked = IntStream.range(0, 6)
                    .boxed()
                    .flatMap(version -> plan.stepsAttackedOn(version).stream())
                    .sorted()
                    .toList();
            assertThat(attacked).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void radiusAndStepSizeWarmUpOverTheirShareOfTheSteps() {
        // 6 steps, half of them rising to 0.6 in steps of 2.5 * 0.6 / 5 = 0.3
        TrainingPlan plan = new TrainingPlan(warmingUp(0.5, 0), 10);

        assertThat(LongStream.range(0, 6).mapToObj(plan::attack))
                .extracting(AttackSettings::epsilon)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(0.2, 0.4, 0.6, 0.6, 0.6, 0.6);
        assertThat(plan.attack(0).stepSize()).isCloseTo(0.1, within(1e-12));
        assertThat(plan.attack(3)).isEqualTo(warmingUp(0.5, 0).attack());
        assertThat(plan.methodSettings(0)).isEqualTo(new MethodSettings(12, 6));
    }

    @Test
    void lambdaAndBetaWarmUpOverTheirShareOfTheSteps() {
        // a third of 6 steps: half, then all
        TrainingPlan plan = new TrainingPlan(warmingUp(0, 1.0 / 3), 10);

        assertThat(plan.methodSettings(0)).isEqualTo(new MethodSettings(6, 3));
        assertThat(plan.methodSettings(1)).isEqualTo(new MethodSettings(12, 6));
        assertThat(plan.methodSettings(5)).isEqualTo(new MethodSettings(12, 6));
        assertThat(plan.attack(0)).isEqualTo(warmingUp(0, 0).attack());
    }

    private static ExperimentSpec warmingUp(double radius, double consistency) {
        return EventCodec.read(
                ("{\"dataset\": \"phantoms\", \"network\": \"resnet8\", \"epochs\": 2, \"batchSize\": 3,"
                                + " \"shards\": 1, \"attack\": {\"epsilon\": 0.6, \"steps\": 5},"
                                + " \"warmup\": {\"radius\": " + radius + ", \"consistency\": " + consistency + "}}")
                        .getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
    }

    @Test
    void theLearningRateFollowsACosine() {
        TrainingPlan plan = plan(0, 1);
        assertThat(plan.learningRate(0)).isEqualTo(0.1);
        assertThat(plan.learningRate(3)).isCloseTo(0.05, within(1e-12));
        // 0.05 * (1 + cos(pi * 2 / 6)) = 0.05 * 1.5
        assertThat(plan.learningRate(2)).isCloseTo(0.075, within(1e-12));
    }

    /** 3 steps an epoch, 4 epochs: 12 steps. */
    private static TrainingPlan plan(String schedule, int warmupEpochs) {
        OptimizerSettings optimizer = OptimizerSettings.builder()
                .learningRate(0.4)
                .schedule(schedule)
                .warmupEpochs(warmupEpochs)
                .build();
        return new TrainingPlan(
                ExperimentSpec.builder()
                        .dataset("phantoms")
                        .method("rtda")
                        .network("resnet8")
                        .epochs(4)
                        .batchSize(3)
                        .seed(7L)
                        .lookahead(0)
                        .shards(1)
                        .optimizer(optimizer)
                        .build(),
                10);
    }

    private static double[] rates(TrainingPlan plan) {
        return LongStream.range(0, plan.totalSteps())
                .mapToDouble(plan::learningRate)
                .toArray();
    }

    @Test
    void theStepScheduleDividesByTenAtHalfAndAtThreeQuartersOfTheSteps() {
        assertThat(rates(plan("step", 0)))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.04, 0.04, 0.04, 0.004, 0.004, 0.004);
    }

    @Test
    void theConstantScheduleStays() {
        assertThat(rates(plan("constant", 0))).containsOnly(0.4).hasSize(12);
    }

    @Test
    void theWarmUpRisesLinearlyAndTheScheduleTakesTheStepsThatAreLeft() {
        // one epoch, 3 steps, of warm-up; 9 steps left: half is 4.5, three quarters 6.75
        assertThat(rates(plan("step", 1)))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.4 / 3, 0.8 / 3, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.04, 0.04, 0.004, 0.004);
        double[] cosine = rates(plan("cosine", 1));
        assertThat(cosine[2]).isEqualTo(0.4);
        assertThat(cosine[3]).isEqualTo(0.4);
        // a third and two thirds of the way: 0.2 * (1 + 1/2) and 0.2 * (1 - 1/2)
        assertThat(cosine[6]).isCloseTo(0.3, within(1e-12));
        assertThat(cosine[9]).isCloseTo(0.1, within(1e-12));
        assertThat(rates(plan("constant", 4))[11]).as("nothing but warm-up").isEqualTo(0.4);
    }

    @Test
    void aBatchLargerThanTheTrainingSetIsRefused() {
        assertThatThrownBy(() -> new TrainingPlan(spec(0, 1), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batchSize must be at most 2, the training images, was 3");
    }
}
