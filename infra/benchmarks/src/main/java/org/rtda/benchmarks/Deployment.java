package org.rtda.benchmarks;

import org.rtda.benchmarks.StepTimeModel.StepCosts;

/**
 * An assumed deployment, described by a few numbers, and what a training step costs on it.
 *
 * @param trainerTeraflops that the trainer's accelerator reaches on such a network, in units of 10^12 floating point operations
 *     a second; far below what it could at most
 * @param workerTeraflops the same of one attack worker's
 * @param gigabitsPerSecond of every machine's link and of the store's, which all workers that load share
 * @param callMillis there and back of one small call of the store, or one message through the broker
 * @param writeGigabytesPerSecond at which one process encodes, sums and signs what it writes to the store
 * @param readGigabytesPerSecond at which one process verifies and decodes what it reads from the store
 */
record Deployment(
        double trainerTeraflops,
        double workerTeraflops,
        double gigabitsPerSecond,
        double callMillis,
        double writeGigabytesPerSecond,
        double readGigabytesPerSecond) {
    /** Of the forward pass: forward, gradients of activations, gradients of weights. */
    private static final int PASSES_TO_TRAIN = 3;
    /** An attack needs no gradients of weights. */
    private static final int PASSES_TO_ATTACK = 2;

    /**
     * What is trained.
     *
     * @param weightsMegabytes of a snapshot
     * @param forwardGigaflop operations of one forward pass of one image (twice the multiply-adds), in units of 10^9
     * @param imageMegabytes of one image as float32
     * @param views that the loss sees
     * @param augmentedViews of these, how many augment workers make
     * @param attackSteps gradients an image
     */
    record Work(
            String name,
            double weightsMegabytes,
            double forwardGigaflop,
            double imageMegabytes,
            int batchSize,
            int views,
            int augmentedViews,
            int attackSteps) {}

    /** Augment workers are taken to keep up. A shard's answer, an augment worker's too, is taken to go through the store. */
    StepCosts costs(Work work, int shards, int attackWorkers) {
        double shardImages = (double) work.batchSize() / shards;
        double shardMegabytes = shardImages * work.imageMegabytes();
        double read = callMillis + wire(shardMegabytes) + read(shardMegabytes);
        return new StepCosts(
                trainMillis(work) + work.augmentedViews() * shards * read,
                callMillis + written(work.weightsMegabytes()) + wire(work.weightsMegabytes()),
                callMillis,
                callMillis
                        + Math.min(attackWorkers, shards) * wire(work.weightsMegabytes())
                        + read(work.weightsMegabytes()),
                compute(shardImages * work.attackSteps() * PASSES_TO_ATTACK, work, workerTeraflops),
                2 * callMillis + written(shardMegabytes) + wire(shardMegabytes),
                read,
                0);
    }

    /** What the trainer's accelerator takes for a step. */
    double trainMillis(Work work) {
        return compute(work.batchSize() * work.views() * PASSES_TO_TRAIN, work, trainerTeraflops);
    }

    /** Operations in units of 10^9 over a rate in units of 10^12 a second are milliseconds. */
    private static double compute(double passes, Work work, double teraflops) {
        return passes * work.forwardGigaflop() / teraflops;
    }

    private double wire(double megabytes) {
        return megabytes * 8 / gigabitsPerSecond;
    }

    private double written(double megabytes) {
        return megabytes / writeGigabytesPerSecond;
    }

    private double read(double megabytes) {
        return megabytes / readGigabytesPerSecond;
    }
}
