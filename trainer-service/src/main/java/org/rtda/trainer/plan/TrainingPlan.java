package org.rtda.trainer.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.WarmupSettings;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.method.MethodSettings;

/**
 * Which images, which weights and which learning rate belong to each step: a pure function of the specification, so that a
 * restarted trainer plans the same. Steps are numbered from 0 over the whole run.
 */
public final class TrainingPlan {
    private final ExperimentSpec spec;
    private final int trainImages;
    private final int stepsPerEpoch;
    private final LearningRateSchedule schedule;

    // the order of the last epoch asked for: steps come in turn, and a permutation is not free
    private int orderEpoch = -1;
    private int[] order;

    /** @param trainImages images of the training split, at least the batch size */
    public TrainingPlan(ExperimentSpec spec, int trainImages) {
        if (trainImages < spec.batchSize()) {
            throw new IllegalArgumentException(
                    "batchSize must be at most " + trainImages + ", the training images, was " + spec.batchSize());
        }
        this.spec = spec;
        this.trainImages = trainImages;
        this.stepsPerEpoch = trainImages / spec.batchSize();
        this.schedule = LearningRateSchedule.named(spec.optimizer().schedule());
    }

    public int stepsPerEpoch() {
        return stepsPerEpoch;
    }

    public long totalSteps() {
        return (long) stepsPerEpoch * spec.epochs();
    }

    /** The epoch of a step, from 0. */
    public int epochOf(long step) {
        return Math.toIntExact(step / stepsPerEpoch);
    }

    /** Whether the step is the last of its epoch. */
    public boolean endsEpoch(long step) {
        return (step + 1) % stepsPerEpoch == 0;
    }

    /** The step's images: positions in the training split, each epoch in a fresh order. */
    public int[] batch(long step) {
        int epoch = epochOf(step);
        if (epoch != orderEpoch) {
            order = shuffled(new Seed(spec.seed()).forPurpose("order").forIndex(epoch));
            orderEpoch = epoch;
        }
        int from = Math.toIntExact(step % stepsPerEpoch) * spec.batchSize();
        return Arrays.copyOfRange(order, from, from + spec.batchSize());
    }

    /** The batch in contiguous parts whose sizes differ by one at most. */
    public List<int[]> shards(int[] batch) {
        return IntStream.range(0, spec.shards())
                .mapToObj(s -> Arrays.copyOfRange(batch, start(batch.length, s), start(batch.length, s + 1)))
                .toList();
    }

    /** Where a shard begins in its batch, and the one before it ends: from 0 to the batch's size, which is that of shard {@code shards}. */
    public int shardStart(int shard) {
        return start(spec.batchSize(), shard);
    }

    private int start(int images, int shard) {
        return (int) ((long) images * shard / spec.shards());
    }

    /**
     * The version of the weights (optimiser steps behind them) that a step's attacks are crafted on: the latest with
     * lookahead 0, k steps older with lookahead k, but never older than the start of the epoch, so that a checkpoint at an
     * epoch's end is all that a restarted trainer needs.
     */
    public long weightsVersion(long step) {
        long epochStart = step - step % stepsPerEpoch;
        return Math.max(epochStart, step - spec.lookahead());
    }

    /** The steps whose attacks are crafted on this version, in their order; none when the version is past the last step. */
    public List<Long> stepsAttackedOn(long version) {
        if (version >= totalSteps()) {
            return List.of();
        }
        long epochEnd = version - version % stepsPerEpoch + stepsPerEpoch;
        return LongStream.range(version, Math.min(epochEnd, version + spec.lookahead() + 1))
                .filter(step -> weightsVersion(step) == version)
                .boxed()
                .toList();
    }

    /**
     * The rate of a step: rising linearly to the highest over the warm-up, whose last step has it, then as the schedule has
     * it for the steps that are left.
     */
    public double learningRate(long step) {
        double highest = spec.optimizer().learningRate();
        long warmup = (long) stepsPerEpoch * spec.optimizer().warmupEpochs();
        return step < warmup
                ? highest * ((step + 1.0) / warmup)
                : schedule.rate(highest, step - warmup, totalSteps() - warmup);
    }

    /** The attack of a step: the specification's, with a smaller radius and smaller steps while the radius warms up. */
    public AttackSettings attack(long step) {
        return spec.attack().scaledBy(WarmupSettings.factor(spec.warmup().radius(), step, totalSteps()));
    }

    /** What a step's divergence is weighed by: the specification's lambda and beta, less while they warm up. */
    public MethodSettings methodSettings(long step) {
        double factor = WarmupSettings.factor(spec.warmup().consistency(), step, totalSteps());
        return new MethodSettings(factor * spec.lambda(), factor * spec.beta());
    }

    /** Fisher and Yates. */
    private int[] shuffled(Seed seed) {
        UniformRandomProvider random = seed.generator();
        int[] shuffled = IntStream.range(0, trainImages).toArray();
        for (int i = trainImages - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = held;
        }
        return shuffled;
    }
}
