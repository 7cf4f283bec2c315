package org.rtda.trainer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.Event;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.ObjectRef;
import org.rtda.contracts.Payload;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.TrainingMethod;
import org.rtda.nn.pytorch.View;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;

/**
 * Gathers the views of each step: the clean one is made here, the others are asked for shard by shard and joined in the
 * order of the batch. Every request names all that its answer depends on. For the training thread only.
 */
final class Views {
    /** Steps for which augmented views are asked ahead; they need no weights, so they are off the critical path. */
    private static final int AUGMENT_AHEAD = 4;

    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final String replyTo;
    private final TrainingPlan plan;
    private final TrainingMethod method;
    /** What augment workers make for a step, whether the loss sees it or an attack starts from it. */
    private final List<View> augmented;

    private final List<View> adversarial;
    private final ArtifactStore store;
    private final Payloads payloads;
    private final CleanViews cleanViews;
    private final WorkExchange exchange;
    private final RunControl control;

    private long augmentedUpTo;
    private long oldestSnapshot;
    private final Map<Long, ObjectRef> snapshots = new HashMap<>();
    private final Map<String, BatchAnswer.Ready> bases = new HashMap<>();

    Views(
            ExperimentCommand.Submit experiment,
            long attempt,
            String replyTo,
            TrainingPlan plan,
            TrainingMethod method,
            ArtifactStore store,
            Payloads payloads,
            CleanViews cleanViews,
            WorkExchange exchange,
            RunControl control,
            long firstStep) {
        this.experiment = experiment;
        this.attempt = attempt;
        this.replyTo = replyTo;
        this.plan = plan;
        this.method = method;
        this.adversarial = method.views().stream()
                .filter(view -> view.kind() == View.Kind.ADVERSARIAL)
                .toList();
        this.augmented = Stream.concat(
                        method.views().stream(), adversarial.stream().map(View::source))
                .filter(view -> view.kind() == View.Kind.AUGMIX)
                .distinct()
                .toList();
        this.store = store;
        this.payloads = payloads;
        this.cleanViews = cleanViews;
        this.exchange = exchange;
        this.control = control;
        this.augmentedUpTo = firstStep;
        this.oldestSnapshot = firstStep;
    }

    /**
     * The views of one step.
     *
     * @param byName N x C x H x W each, in the order of the batch
     * @param waitNanos time spent waiting for workers
     */
    record Gathered(Map<String, ImageBatch> byName, int[] labels, long waitNanos) {}

    /** Asks for everything that can be asked for once {@code step} optimiser steps are done. */
    void weightsReached(long step, Supplier<Weights> weights) {
        for (; augmentedUpTo < Math.min(plan.totalSteps(), step + 1 + AUGMENT_AHEAD); augmentedUpTo++) {
            requestAugmented(augmentedUpTo);
        }
        List<Long> steps = plan.stepsAttackedOn(step);
        if (adversarial.isEmpty() || steps.isEmpty()) {
            return;
        }
        ObjectRef snapshot = store.put(
                ObjectKeys.snapshot(experiment.experimentId(), attempt, step),
                SafeTensors.encode(weights.get(), Map.of("step", Long.toString(step))));
        snapshots.put(step, snapshot);
        for (long attackedStep : steps) {
            for (View view : adversarial) {
                requestAdversarial(attackedStep, view, snapshot);
            }
        }
    }

    /** Waits for the views of a step and joins them. What they needed in the store is removed. */
    Gathered gather(long step) {
        removeSnapshotsBefore(plan.weightsVersion(step));
        int[] batch = plan.batch(step);
        LabelledImages clean = cleanViews.of(source(step, batch));
        Map<String, ImageBatch> byName = new HashMap<>();
        long waited = 0;
        for (View view : method.views()) {
            if (view.kind() == View.Kind.CLEAN) {
                byName.put(view.name(), ImageBatch.of(clean.images()));
                continue;
            }
            List<ImageBatch> parts = new ArrayList<>();
            for (int shard = 0; shard < plan.shards(batch).size(); shard++) {
                long start = System.nanoTime();
                BatchAnswer.Ready answer = answerTo(idOf(step, view, shard));
                waited += System.nanoTime() - start;
                parts.add(payloads.read(answer.images()));
                payloads.discard(answer.images());
            }
            byName.put(view.name(), ImageBatch.concat(parts));
        }
        discardBases(step, batch);
        return new Gathered(byName, clean.labels(), waited);
    }

    /** Removes what is left in the store for the workers; the run is over. */
    void close() {
        exchange.forgetAll();
        store.list(ObjectKeys.transients(experiment.experimentId()) + attempt + "/")
                .forEach(store::delete);
        snapshots.clear();
    }

    private void removeSnapshotsBefore(long version) {
        for (; oldestSnapshot < version; oldestSnapshot++) {
            ObjectRef snapshot = snapshots.remove(oldestSnapshot);
            if (snapshot != null) {
                store.delete(snapshot.key());
            }
        }
    }

    /** What attacks started from and the loss does not see. */
    private void discardBases(long step, int[] batch) {
        for (View view : augmented) {
            for (int shard = 0; shard < plan.shards(batch).size(); shard++) {
                BatchAnswer.Ready base = bases.remove(idOf(step, view, shard));
                if (base != null) {
                    payloads.discard(base.images());
                }
            }
        }
    }

    private BatchAnswer.Ready answerTo(String id) {
        BatchAnswer.Ready base = bases.remove(id);
        return base != null ? base : exchange.await(id, control);
    }

    private void requestAugmented(long step) {
        List<int[]> shards = plan.shards(plan.batch(step));
        for (View view : augmented) {
            for (int shard = 0; shard < shards.size(); shard++) {
                exchange.request(
                        new AugmentRequest(
                                idOf(step, view, shard),
                                Instant.now(),
                                Event.SCHEMA_VERSION,
                                experiment.experimentId(),
                                replyTo,
                                attempt,
                                step,
                                view.name(),
                                shard,
                                source(step, shards.get(shard)),
                                experiment.spec().augmix(),
                                experiment.spec().seed()),
                        shards.size());
            }
        }
    }

    private void requestAdversarial(long step, View view, ObjectRef snapshot) {
        List<int[]> shards = plan.shards(plan.batch(step));
        for (int shard = 0; shard < shards.size(); shard++) {
            exchange.request(
                    new AttackRequest(
                            idOf(step, view, shard),
                            Instant.now(),
                            Event.SCHEMA_VERSION,
                            experiment.experimentId(),
                            replyTo,
                            attempt,
                            step,
                            view.name(),
                            shard,
                            source(step, shards.get(shard)),
                            base(step, view, shard),
                            experiment.spec().network(),
                            snapshot,
                            experiment.spec().attack(),
                            experiment.spec().seed(),
                            view.objective().title(),
                            null),
                    shards.size());
        }
    }

    /** The augmented batch an attack starts from, or null when it starts from the clean view. */
    private Payload base(long step, View view, int shard) {
        if (view.source().kind() == View.Kind.CLEAN) {
            return null;
        }
        String id = idOf(step, view.source(), shard);
        return bases.computeIfAbsent(id, asked -> exchange.await(asked, control))
                .images();
    }

    private ImageSource source(long step, int[] indices) {
        return new ImageSource(
                experiment.dataset(),
                "train",
                indices,
                experiment.spec().preAugmentation(),
                experiment.spec().seed(),
                step);
    }

    private String idOf(long step, View view, int shard) {
        return BatchRequest.idOf(experiment.experimentId(), attempt, step, view.name(), shard);
    }
}
