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
 * @param host what every process does beside its accelerator
 */
record Deployment(
        double trainerTeraflops, double workerTeraflops, double gigabitsPerSecond, double callMillis, Host host) {
    /** Of the forward pass: forward, gradients of activations, gradients of weights. */
    private static final int PASSES_TO_TRAIN = 3;
    /** An attack needs no gradients of weights. */
    private static final int PASSES_TO_ATTACK = 2;

    /** In PGD's step: pixels to the device, and the gradient back. */
    private static final int COPIES_OF_A_STEP = 2;
    /** In the trainer, of each view: made of bytes or joined of shards, and brought to the device. */
    private static final int COPIES_OF_A_VIEW = 2;

    /**
     * What one core does.
     *
     * @param images batches, and what is done with them
     * @param weights a snapshot of them
     * @param stepGigabytesPerSecond of images that PGD's own arithmetic, beside the gradient, goes through
     */
    record Host(Rates images, Rates weights, double stepGigabytesPerSecond) {}

    /**
     * In units of 10^9 bytes a second.
     *
     * @param write at which they are encoded and summed up on their way to the store
     * @param read at which they are verified and decoded
     * @param copy at which they are copied in memory, and between the heap and the device
     */
    record Rates(double write, double read, double copy) {}

    /**
     * What is trained.
     *
     * @param weightsMegabytes of a snapshot
     * @param forwardGigaflop operations of one forward pass of one image (twice the multiply-adds), in units of 10^9
     * @param imageMegabytes of one image as float32
     * @param views that the loss sees
     * @param attackSteps gradients an image
     */
    record Work(
            String name,
            double weightsMegabytes,
            double forwardGigaflop,
            double imageMegabytes,
            int batchSize,
            int views,
            int attackSteps) {}

    /**
     * Augment workers are taken to keep up, and what they make to be read while the step before computes. A shard's answer is taken to go
     * through the store.
     */
    StepCosts costs(Work work, int shards, int attackWorkers) {
        double shardImages = (double) work.batchSize() / shards;
        double shardMegabytes = shardImages * work.imageMegabytes();
        double weights = work.weightsMegabytes();
        // the clean view is made of bytes, and each step goes to the device and back
        double copiesOfShard = (1 + work.attackSteps() * COPIES_OF_A_STEP) * shardMegabytes / host.images.copy;
        double arithmetic = work.attackSteps() * shardMegabytes / host.stepGigabytesPerSecond;
        return new StepCosts(
                trainMillis(work) + copyMillis(work),
                callMillis + weights / host.weights.write + wire(weights),
                callMillis,
                callMillis
                        + Math.min(attackWorkers, shards) * wire(weights)
                        + weights / host.weights.read
                        + weights / host.weights.copy,
                // the worker writes and publishes an answer before it takes the next request
                compute(shardImages * work.attackSteps() * PASSES_TO_ATTACK, work, workerTeraflops)
                        + copiesOfShard
                        + arithmetic
                        + 2 * callMillis
                        + shardMegabytes / host.images.write
                        + wire(shardMegabytes),
                0,
                // compared with a copy of the clean images
                callMillis
                        + wire(shardMegabytes)
                        + shardMegabytes / host.images.read
                        + shardMegabytes / host.images.copy,
                0);
    }

    /** What the trainer copies in a step: its views, and the weights for the snapshot. */
    private double copyMillis(Work work) {
        double viewMegabytes = work.batchSize() * work.imageMegabytes();
        return work.views() * COPIES_OF_A_VIEW * viewMegabytes / host.images.copy
                + work.weightsMegabytes() / host.weights.copy;
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
}
