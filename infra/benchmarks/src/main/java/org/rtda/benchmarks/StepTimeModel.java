package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long a training step takes with so many attack workers, by playing the schedule of a run: one trainer, which works on
 * one thing at a time, and workers, each of which answers its requests in the order in which they came. Nothing is drawn at
 * random, so the same costs give the same times.
 *
 * <p>The trainer reads the answers to a step (as each comes, in the order of the shards), trains for
 * {@link StepCosts#trainMillis}. Where steps are attacked on the new weights, these are written and the requests sent beside
 * that, which takes {@link StepCosts#snapshotMillis}, one snapshot after the other. A request reaches its worker after {@link StepCosts#requestMillis}; a worker that has not
 * seen the snapshot loads it first, and takes the next request when it has published the answer, which is at the trainer
 * {@link StepCosts#answerMillis} later. Requests are
 * taken in the order in which they were sent, each by the worker that is free first. Augmented views, which need no weights, are asked for four steps ahead.
 *
 * <p>With one shard a worker or less, where reading costs nothing, this comes to: lookahead 0, {@code snapshot + request +
 * load + attack + answer + train}; with lookahead, the largest of the trainer's {@code train}, the {@code snapshot} beside it and the worker's
 * {@code load + attack}, if the lookahead is large enough to hide the way there and back.
 *
 * <p>The trainer reads up to four answers at once; here it reads one after the other.
 *
 * <p>Not in it: checkpoints, evaluation, other experiments on the same workers, requests that are sent twice.
 */
final class StepTimeModel {
    private static final int AUGMENT_AHEAD = 4;

    /** Many times as many as there are steps before the workers' turns repeat. */
    private static final int MEASURED_STEPS = 96;

    private StepTimeModel() {}

    /**
     * Times in milliseconds.
     *
     * @param trainMillis the trainer's own work on a step: clean view, views joined and brought to the device, forward, backward, update,
     *     weights copied for the snapshot
     * @param snapshotMillis from having new weights to having sent the requests on them, beside the training
     * @param requestMillis from sending a request to a worker that waits beginning with it
     * @param loadMillis a worker's, to have a snapshot it has not seen on its device
     * @param attackMillis a worker's, for one shard: gradients, the attack's own arithmetic, writing and publishing the answer; it can begin
     *     with the next one then
     * @param answerMillis from there to the trainer holding the answer
     * @param readMillis the trainer's, to take in and check one shard's answer
     * @param augmentMillis an augment worker's, for one shard of all augmented views; 0 where there are none
     */
    record StepCosts(
            double trainMillis,
            double snapshotMillis,
            double requestMillis,
            double loadMillis,
            double attackMillis,
            double answerMillis,
            double readMillis,
            double augmentMillis) {
        StepCosts {
            for (double millis : new double[] {
                trainMillis,
                snapshotMillis,
                requestMillis,
                loadMillis,
                attackMillis,
                answerMillis,
                readMillis,
                augmentMillis
            }) {
                if (!(millis >= 0 && millis < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("a cost must be at least 0 and finite, in milliseconds, was "
                            + millis + " in [train, snapshot, request, load, attack, answer, read, augment]");
                }
            }
        }
    }

    /**
     * @param attackWorkers at least 1
     * @param augmentWorkers at least 1
     * @param shards of a batch, at least 1
     * @param lookahead steps that attacks are crafted ahead, at least 0
     */
    record Setup(int attackWorkers, int augmentWorkers, int shards, int lookahead) {
        Setup {
            if (attackWorkers < 1 || augmentWorkers < 1 || shards < 1 || lookahead < 0) {
                throw new IllegalArgumentException("attackWorkers, augmentWorkers and shards must be at least 1 and"
                        + " lookahead at least 0, were " + attackWorkers + ", " + augmentWorkers + ", " + shards
                        + " and "
                        + lookahead);
            }
        }
    }

    /** The usual step in the middle of a long epoch, in milliseconds: the mean over many. */
    static double stepMillis(Setup setup, StepCosts costs) {
        int margin = 2 * (setup.lookahead() + 1) + AUGMENT_AHEAD;
        List<Double> steps = epoch(setup, costs, margin + MEASURED_STEPS + margin);
        return steps.subList(margin, steps.size() - margin).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** Every step of one epoch, as a trainer reports them: from beginning to gather its views to having sent what follows. */
    static List<Double> epoch(Setup setup, StepCosts costs, int stepsPerEpoch) {
        return new Run(setup, costs, stepsPerEpoch).play();
    }

    private static final class Run {
        private final Setup setup;
        private final StepCosts costs;
        private final int steps;
        private final Workers attackers;
        private final Workers augmenters;
        private final double[][] attacked;
        private final double[][] augmented;
        private int augmentedUpTo;
        private double now;
        private double besideFree;

        private Run(Setup setup, StepCosts costs, int steps) {
            this.setup = setup;
            this.costs = costs;
            this.steps = steps;
            this.attackers = new Workers(setup.attackWorkers());
            this.augmenters = new Workers(setup.augmentWorkers());
            this.attacked = new double[steps][setup.shards()];
            this.augmented = new double[steps][setup.shards()];
        }

        private List<Double> play() {
            List<Double> times = new ArrayList<>();
            weightsReached(0);
            for (int step = 0; step < steps; step++) {
                double begun = now;
                if (costs.augmentMillis() > 0) {
                    read(augmented[step]);
                }
                read(attacked[step]);
                now += costs.trainMillis();
                weightsReached(step + 1);
                times.add(now - begun);
            }
            return times;
        }

        private void read(double[] answers) {
            for (double answer : answers) {
                now = Math.max(now, answer) + costs.readMillis();
            }
        }

        private void weightsReached(int version) {
            for (; augmentedUpTo < Math.min(steps, version + 1 + AUGMENT_AHEAD); augmentedUpTo++) {
                for (int shard = 0; shard < setup.shards(); shard++) {
                    augmented[augmentedUpTo][shard] =
                            answer(augmenters, augmenters.firstFree(), now, costs.augmentMillis());
                }
            }
            // at its start an epoch has no older weights, so the first steps share the first ones
            int first = version == 0 ? 0 : version + setup.lookahead();
            int last = Math.min(steps - 1, version + setup.lookahead());
            if (first > last) {
                return;
            }
            besideFree = Math.max(besideFree, now) + costs.snapshotMillis();
            for (int step = first; step <= last; step++) {
                for (int shard = 0; shard < setup.shards(); shard++) {
                    int worker = attackers.firstFree();
                    double load = attackers.has(worker, version) ? 0 : costs.loadMillis();
                    attacked[step][shard] = answer(attackers, worker, besideFree, load + costs.attackMillis());
                }
            }
        }

        private double answer(Workers workers, int worker, double sent, double millis) {
            return workers.done(worker, sent + costs.requestMillis(), millis) + costs.answerMillis();
        }
    }

    /** When each of them is free, and the snapshot that it has. */
    private static final class Workers {
        private final double[] free;
        private final int[] version;

        private Workers(int count) {
            free = new double[count];
            version = new int[count];
            Arrays.fill(version, -1);
        }

        /** Who takes the next request; where several could, the one with the lowest number. */
        private int firstFree() {
            int first = 0;
            for (int worker = 1; worker < free.length; worker++) {
                first = free[worker] < free[first] ? worker : first;
            }
            return first;
        }

        /** Whether the worker has this snapshot; it has from now on. */
        private boolean has(int worker, int wanted) {
            boolean had = version[worker] == wanted;
            version[worker] = wanted;
            return had;
        }

        private double done(int worker, double arrival, double millis) {
            free[worker] = Math.max(free[worker], arrival) + millis;
            return free[worker];
        }
    }
}
