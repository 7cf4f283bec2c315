package org.rtda.trainer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.View;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;
import org.rtda.trainer.plan.TrainingPlan;
import org.rtda.trainer.telemetry.StepWaits;

/**
 * Gathers the views of each step: the clean one is made here, the others are asked for shard by shard and joined in the
 * order of the batch. Every request names all that its answer depends on. For the training thread only; a thread beside it writes
 * snapshots, one after the other, another removes what is used up, and others read the batches of a view.
 */
final class StepViews {
    /** Batches: a few threads read as fast as a link brings them. */
    private static final int READ_AT_ONCE = 4;

    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final TrainingPlan plan;
    private final TrainingMethod method;
    private final int shards;
    /** {C, H, W}. */
    private final long[] imageShape;

    private final List<View> adversarial;
    private final ArtifactStore store;
    private final Payloads payloads;
    private final CleanViews cleanViews;
    private final WorkExchange exchange;
    private final RunControl control;

    /** Of the step that was gathered last. */
    private StepWaits waits = new StepWaits(System::nanoTime);

    private final ExecutorService beside = Executors.newSingleThreadExecutor(work -> new Thread(work, "snapshots"));
    /** A step has many batches to remove, and the next snapshot, for which the workers wait, must not wait behind them. */
    private final ExecutorService removals = Executors.newSingleThreadExecutor(work -> new Thread(work, "removals"));
    /** The shards of a view are read at once; at the size of the paper one has tens of megabytes. */
    private final ExecutorService readers = Executors.newFixedThreadPool(
            Math.min(READ_AT_ONCE, Runtime.getRuntime().availableProcessors()),
            work -> new Thread(work, "batch-reader"));

    private final WeightSnapshots snapshots;

    private final StepRequests requests;

    private final AugmentedBatches augmented;

    private final TransientBatches batches;

    StepViews(
            ExperimentCommand.Submit experiment,
            long attempt,
            String replyTo,
            TrainingPlan plan,
            TrainingMethod method,
            long[] imageShape,
            ArtifactStore store,
            Payloads payloads,
            CleanViews cleanViews,
            WorkExchange exchange,
            RunControl control,
            Runnable requireOwned,
            long firstStep) {
        this.experiment = experiment;
        this.attempt = attempt;
        this.plan = plan;
        this.method = method;
        this.shards = experiment.spec().shards();
        this.imageShape = imageShape;
        this.adversarial = method.views().stream()
                .filter(view -> view.kind() == View.Kind.ADVERSARIAL)
                .toList();
        this.store = store;
        this.payloads = payloads;
        this.batches = new TransientBatches(payloads, experiment.experimentId(), attempt, requireOwned, readers);
        this.cleanViews = cleanViews;
        this.exchange = exchange;
        this.control = control;
        this.requests = new StepRequests(experiment, attempt, replyTo, plan);
        this.augmented = new AugmentedBatches(
                method,
                plan,
                shards,
                requests,
                batches,
                exchange,
                new AugmentedBatches.Callbacks(this::await, this::shape, this::discard),
                firstStep);
        this.snapshots =
                new WeightSnapshots(store, experiment.experimentId(), attempt, firstStep, beside, this::remove);
    }

    /**
     * The views of one step.
     *
     * @param byName N x C x H x W each, in the order of the batch
     */
    record Gathered(Map<String, ImageBatch> byName, int[] labels) {}

    /** What was waited for workers since the last step was begun to be gathered; it may still grow. */
    StepWaits waits() {
        return waits;
    }

    /** Asks for everything that can be asked for once {@code step} optimiser steps are done. */
    void weightsReached(long step, Supplier<Weights> weights) {
        List<Long> steps = adversarial.isEmpty() ? List.of() : plan.stepsAttackedOn(step);
        if (!steps.isEmpty()) {
            // what the attacks may start from; then the attacks, which the trainer may be waiting for
            augmented.requestBefore(steps.get(steps.size() - 1) + 1);
            requestAdversarial(step, steps, weights.get());
        }
        augmented.requestAhead(step);
    }

    /** Everything but the snapshot is put together here; with lookahead the trainer trains on while it is written. */
    private void requestAdversarial(long version, List<Long> steps, Weights weights) {
        steps.forEach(augmented::beginBases);
        List<Consumer<ObjectRef>> sent = new ArrayList<>();
        for (long attackedStep : steps) {
            for (View view : adversarial) {
                sent.addAll(adversarialRequests(attackedStep, view));
            }
        }
        snapshots.publish(version, weights, snapshot -> sent.forEach(request -> request.accept(snapshot)));
    }

    /**
     * Waits for the views of a step and joins them. What they needed in the store is removed. The batches of all views are read at once, and
     * the augmented ones of the next step while this one computes, where they are there by then.
     */
    Gathered gather(long step) {
        waits = new StepWaits(System::nanoTime);
        snapshots.removeBefore(plan.weightsVersion(step));
        int[] batch = plan.batch(step);
        LabelledImages clean = cleanViews.of(requests.images(step, batch));
        ImageBatch cleanImages = ImageBatch.of(clean.images());
        snapshots.await(plan.weightsVersion(step));
        Map<String, List<Supplier<ImageBatch>>> parts = new HashMap<>();
        for (View view : method.views()) {
            if (view.kind() != View.Kind.CLEAN) {
                parts.put(view.name(), begin(step, view, cleanImages));
            }
        }
        Map<String, ImageBatch> byName = new HashMap<>();
        for (View view : method.views()) {
            // removed, so that the parts of a view are not kept beside it while the other views are joined
            byName.put(view.name(), view.kind() == View.Kind.CLEAN ? cleanImages : joined(parts.remove(view.name())));
        }
        augmented.discardBases(step);
        augmented.beginNext(step + 1);
        return new Gathered(byName, clean.labels());
    }

    private static ImageBatch joined(List<Supplier<ImageBatch>> parts) {
        return ImageBatch.concat(parts.stream().map(Supplier::get).toList());
    }

    /** Waits for the answers to a view, and begins to read each as it comes. */
    private List<Supplier<ImageBatch>> begin(long step, View view, ImageBatch clean) {
        List<Supplier<ImageBatch>> parts = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            parts.add(begin(step, view, shard, clean));
        }
        return parts;
    }

    /**
     * What a worker made for the step, made anew where it was lost on its way through the store or is not what was asked for. Waits for
     * the worker; what this returns waits until the batch is read.
     *
     * @param clean the whole batch without any change by a worker
     */
    private Supplier<ImageBatch> begin(long step, View view, int shard, ImageBatch clean) {
        if (augmented.isBase(step, view, shard)) {
            // attacks may still start from it: it stays until the step is gathered
            return () -> augmented.baseImages(step, view, shard);
        }
        String id = requests.id(step, view, shard);
        Supplier<TransientBatches.Read> reading = view.kind() == View.Kind.AUGMIX
                ? augmented.reading(step, view, shard)
                : batches.begin(
                        () -> await(id, view),
                        TransientBatches.Expected.adversarial(
                                shape(shard), plan.attack(step), () -> centre(step, view, shard, clean)),
                        broken -> requestAnew(step, view, shard, broken));
        return () -> {
            TransientBatches.Read read = reading.get();
            discard(read.answer().images());
            return read.images();
        };
    }

    /** Of a shard's images. */
    private long[] shape(int shard) {
        int images = plan.shardStart(shard + 1) - plan.shardStart(shard);
        return new long[] {images, imageShape[0], imageShape[1], imageShape[2]};
    }

    /** What the attack on a view started from. */
    private ImageBatch centre(long step, View view, int shard, ImageBatch clean) {
        if (view.source().kind() != View.Kind.CLEAN) {
            return augmented.baseImages(step, view.source(), shard);
        }
        return clean.slice(plan.shardStart(shard), plan.shardStart(shard + 1));
    }

    /** @param broken key of an object of this attempt that is missing or altered: the adversarial batch, or what its making needs */
    private void requestAnew(long step, View view, int shard, String broken) {
        long version = plan.weightsVersion(step);
        ObjectRef snapshot = snapshots.await(version);
        if (broken.equals(snapshot.key())) {
            snapshot = snapshots.writeAgain(version);
        }
        augmented.replaceBase(step, view.source(), shard, broken);
        adversarialRequest(step, view, shard).accept(snapshot);
    }

    /** Removes what is left in the store for the workers; the run is over. */
    void close() {
        readers.shutdownNow();
        beside.shutdownNow();
        removals.shutdownNow();
        try {
            // nobody asks for anything any more once it has ended
            beside.awaitTermination(30, TimeUnit.SECONDS);
            removals.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.forgetAll();
        store.list(ObjectKeys.transients(experiment.experimentId(), attempt)).forEach(store::delete);
        snapshots.clear();
    }

    private void discard(Payload images) {
        if (images.object() != null) {
            remove(() -> payloads.discard(images));
        }
    }

    /** What cannot be removed now is removed when the run is over; its failure is kept by a future that nobody asks. */
    private void remove(Runnable removal) {
        removals.submit(removal);
    }

    /** Every wait for a worker, so that none is taken for the trainer's own work. */
    private BatchAnswer.Ready await(String id, View view) {
        return waits.during(view.kind(), () -> exchange.await(id, control));
    }

    private List<Consumer<ObjectRef>> adversarialRequests(long step, View view) {
        List<Consumer<ObjectRef>> ofView = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            ofView.add(adversarialRequest(step, view, shard));
        }
        return ofView;
    }

    /** Sends one shard's request on the snapshot that it is given, from any thread. */
    private Consumer<ObjectRef> adversarialRequest(long step, View view, int shard) {
        ImageSource images = requests.images(step, shard);
        Payload base = base(step, view, shard);
        return snapshot -> exchange.request(requests.adversarial(step, view, shard, images, base, snapshot));
    }

    /** The augmented batch an attack starts from, or null when it starts from the clean view. */
    private Payload base(long step, View view, int shard) {
        if (view.source().kind() == View.Kind.CLEAN) {
            return null;
        }
        return augmented.base(step, view.source(), shard).answer().images();
    }
}
