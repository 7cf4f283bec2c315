package org.rtda.trainer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.View;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;

/**
 * Gathers the views of each step: the clean one is made here, the others are asked for shard by shard and joined in the
 * order of the batch. Every request names all that its answer depends on. For the training thread only; what the store has
 * to do for a snapshot or a batch that is used up is done on a thread beside it, one thing after the other.
 */
final class StepViews {
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
    private final ExecutorService beside = Executors.newSingleThreadExecutor(work -> new Thread(work, "snapshots"));
    /** By version; done when the snapshot is written and all requests on it are sent. */
    private final Map<Long, Future<?>> snapshots = new HashMap<>();

    private final Map<String, BatchAnswer.Ready> bases = new HashMap<>();

    StepViews(
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
        List<Long> steps = adversarial.isEmpty() ? List.of() : plan.stepsAttackedOn(step);
        if (!steps.isEmpty()) {
            // what the attacks may start from; then the attacks, which the trainer may be waiting for
            requestAugmentedBefore(steps.get(steps.size() - 1) + 1);
            requestAdversarial(step, steps, weights.get());
        }
        requestAugmentedBefore(step + 1 + AUGMENT_AHEAD);
    }

    private void requestAugmentedBefore(long end) {
        for (; augmentedUpTo < Math.min(plan.totalSteps(), end); augmentedUpTo++) {
            requestAugmented(augmentedUpTo);
        }
    }

    /** Everything but the snapshot is put together here; with lookahead the trainer trains on while it is written. */
    private void requestAdversarial(long version, List<Long> steps, Weights weights) {
        List<Consumer<ObjectRef>> requests = new ArrayList<>();
        for (long attackedStep : steps) {
            for (View view : adversarial) {
                requests.addAll(adversarialRequests(attackedStep, view));
            }
        }
        String key = ObjectKeys.snapshot(experiment.experimentId(), attempt, version);
        Runnable publish = () -> {
            ObjectRef snapshot = store.put(key, SafeTensors.encode(weights, Map.of("step", Long.toString(version))));
            requests.forEach(request -> request.accept(snapshot));
        };
        snapshots.put(version, beside.submit(publish));
    }

    /** Waits for the views of a step and joins them. What they needed in the store is removed. */
    Gathered gather(long step) {
        removeSnapshotsBefore(plan.weightsVersion(step));
        int[] batch = plan.batch(step);
        LabelledImages clean = cleanViews.of(source(step, batch));
        awaitSnapshot(plan.weightsVersion(step));
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
                discard(answer.images());
            }
            byName.put(view.name(), ImageBatch.concat(parts));
        }
        discardBases(step, batch);
        return new Gathered(byName, clean.labels(), waited);
    }

    /** Removes what is left in the store for the workers; the run is over. */
    void close() {
        beside.shutdownNow();
        try {
            // nobody asks for anything any more once it has ended
            beside.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.forgetAll();
        store.list(ObjectKeys.transients(experiment.experimentId()) + attempt + "/")
                .forEach(store::delete);
        snapshots.clear();
    }

    /** Requests can be awaited once they are sent. */
    private void awaitSnapshot(long version) {
        Future<?> snapshot = snapshots.get(version);
        if (snapshot == null) {
            return;
        }
        try {
            snapshot.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingStoppedException("the trainer is shutting down");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void removeSnapshotsBefore(long version) {
        for (; oldestSnapshot < version; oldestSnapshot++) {
            if (snapshots.remove(oldestSnapshot) != null) {
                String key = ObjectKeys.snapshot(experiment.experimentId(), attempt, oldestSnapshot);
                beside.submit(() -> store.delete(key));
            }
        }
    }

    /** What cannot be removed now is removed when the run is over. */
    private void discard(Payload images) {
        if (images.object() != null) {
            beside.submit(() -> payloads.discard(images));
        }
    }

    /** What attacks started from and the loss does not see. */
    private void discardBases(long step, int[] batch) {
        for (View view : augmented) {
            for (int shard = 0; shard < plan.shards(batch).size(); shard++) {
                BatchAnswer.Ready base = bases.remove(idOf(step, view, shard));
                if (base != null) {
                    discard(base.images());
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
                exchange.request(new AugmentRequest(
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
                        experiment.spec().seed()));
            }
        }
    }

    /** Each sends one shard's request on the snapshot that it is given, from any thread. */
    private List<Consumer<ObjectRef>> adversarialRequests(long step, View view) {
        List<int[]> shards = plan.shards(plan.batch(step));
        List<Consumer<ObjectRef>> requests = new ArrayList<>();
        for (int index = 0; index < shards.size(); index++) {
            int shard = index;
            ImageSource images = source(step, shards.get(shard));
            Payload base = base(step, view, shard);
            requests.add(snapshot -> exchange.request(new AttackRequest(
                    idOf(step, view, shard),
                    Instant.now(),
                    Event.SCHEMA_VERSION,
                    experiment.experimentId(),
                    replyTo,
                    attempt,
                    step,
                    view.name(),
                    shard,
                    images,
                    base,
                    experiment.spec().network(),
                    snapshot,
                    plan.attack(step),
                    experiment.spec().seed(),
                    view.objective().title(),
                    null,
                    experiment.spec().trainedNormalization())));
        }
        return requests;
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
