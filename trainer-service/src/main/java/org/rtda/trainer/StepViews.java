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
import java.util.stream.Stream;
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
    /** Steps for which augmented views are asked ahead; they need no weights, so they are off the critical path. */
    private static final int AUGMENT_AHEAD = 4;

    /** Batches: a few threads read as fast as a link brings them. */
    private static final int READ_AT_ONCE = 4;

    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final TrainingPlan plan;
    private final TrainingMethod method;
    private final int shards;
    /** {C, H, W}. */
    private final long[] imageShape;
    /** What augment workers make for a step, whether the loss sees it or an attack starts from it. */
    private final List<View> augmented;

    private final List<View> adversarial;
    private final ArtifactStore store;
    private final Payloads payloads;
    private final CleanViews cleanViews;
    private final WorkExchange exchange;
    private final RunControl control;

    private long augmentedUpTo;
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

    /** Augmented batches whose reading has begun and that nobody has asked for yet, by request. */
    private final Map<String, Supplier<TransientBatches.Read>> begun = new HashMap<>();

    /** Augmented batches that attacks start from, by request, until their step is gathered: each is read once. */
    private final Map<String, TransientBatches.Read> bases = new HashMap<>();

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
        this.augmented = Stream.concat(
                        method.views().stream(), adversarial.stream().map(View::source))
                .filter(view -> view.kind() == View.Kind.AUGMIX)
                .distinct()
                .toList();
        this.store = store;
        this.payloads = payloads;
        this.batches = new TransientBatches(payloads, experiment.experimentId(), attempt, requireOwned, readers);
        this.cleanViews = cleanViews;
        this.exchange = exchange;
        this.control = control;
        this.augmentedUpTo = firstStep;
        this.requests = new StepRequests(experiment, attempt, replyTo, plan);
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
        steps.forEach(this::beginBases);
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
        discardBases(step);
        beginNext(step + 1);
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
        String id = requests.id(step, view, shard);
        if (bases.containsKey(id)) {
            // attacks may still start from it: it stays until the step is gathered
            return () -> bases.get(id).images();
        }
        Supplier<TransientBatches.Read> reading = view.kind() == View.Kind.AUGMIX
                ? augmented(step, view, shard)
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

    /** An augmented batch. Waits for the worker, unless the reading has begun before; what this returns waits until the batch is read. */
    private Supplier<TransientBatches.Read> augmented(long step, View view, int shard) {
        Supplier<TransientBatches.Read> before = begun.remove(requests.id(step, view, shard));
        return before == null ? beginAugmented(step, view, shard) : before;
    }

    private Supplier<TransientBatches.Read> beginAugmented(long step, View view, int shard) {
        return batches.begin(
                () -> await(requests.id(step, view, shard), view),
                TransientBatches.Expected.augmented(shape(shard)),
                broken -> requestAugmented(step, view, shard));
    }

    /** Waits for no worker: a batch that is not there yet is read when its step is gathered. */
    private void beginNext(long step) {
        if (step == plan.totalSteps()) {
            return;
        }
        for (View view : augmented) {
            for (int shard = 0; shard < shards; shard++) {
                String id = requests.id(step, view, shard);
                if (!bases.containsKey(id) && exchange.isReady(id)) {
                    begun.put(id, beginAugmented(step, view, shard));
                }
            }
        }
    }

    /** The batches that the attacks of a step start from are read at once. */
    private void beginBases(long step) {
        for (View view : augmented) {
            if (adversarial.stream().noneMatch(attacked -> attacked.source().equals(view))) {
                continue;
            }
            for (int shard = 0; shard < shards; shard++) {
                String id = requests.id(step, view, shard);
                if (!bases.containsKey(id) && !begun.containsKey(id)) {
                    begun.put(id, beginAugmented(step, view, shard));
                }
            }
        }
    }

    /** Of a shard's images. */
    private long[] shape(int shard) {
        int images = plan.shardStart(shard + 1) - plan.shardStart(shard);
        return new long[] {images, imageShape[0], imageShape[1], imageShape[2]};
    }

    /** What the attack on a view started from. */
    private ImageBatch centre(long step, View view, int shard, ImageBatch clean) {
        if (view.source().kind() != View.Kind.CLEAN) {
            return bases.get(requests.id(step, view.source(), shard)).images();
        }
        return clean.slice(plan.shardStart(shard), plan.shardStart(shard + 1));
    }

    /** An augmented batch from which attacks start. What it names is what attack workers are sent to, so it is looked at before. */
    private TransientBatches.Read readBase(long step, View view, int shard) {
        return augmented(step, view, shard).get();
    }

    /** @param broken key of an object of this attempt that is missing or altered: the batch, or what its making needs */
    private void requestAnew(long step, View view, int shard, String broken) {
        if (view.kind() == View.Kind.AUGMIX) {
            requestAugmented(step, view, shard);
            return;
        }
        long version = plan.weightsVersion(step);
        ObjectRef snapshot = snapshots.await(version);
        if (broken.equals(snapshot.key())) {
            snapshot = snapshots.writeAgain(version);
        }
        String base = requests.id(step, view.source(), shard);
        if (bases.containsKey(base)
                && broken.equals(keyOf(bases.get(base).answer().images()))) {
            requestAugmented(step, view.source(), shard);
            bases.put(base, readBase(step, view.source(), shard));
        }
        adversarialRequest(step, view, shard).accept(snapshot);
    }

    /** Null where the images are in their message. */
    private static String keyOf(Payload images) {
        return images.object() == null ? null : images.object().key();
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

    /** What attacks started from. */
    private void discardBases(long step) {
        for (View view : augmented) {
            for (int shard = 0; shard < shards; shard++) {
                TransientBatches.Read base = bases.remove(requests.id(step, view, shard));
                if (base != null) {
                    discard(base.answer().images());
                }
            }
        }
    }

    /** Every wait for a worker, so that none is taken for the trainer's own work. */
    private BatchAnswer.Ready await(String id, View view) {
        return waits.during(view.kind(), () -> exchange.await(id, control));
    }

    private void requestAugmented(long step) {
        for (View view : augmented) {
            for (int shard = 0; shard < shards; shard++) {
                requestAugmented(step, view, shard);
            }
        }
    }

    private void requestAugmented(long step, View view, int shard) {
        exchange.request(requests.augmented(step, view, shard));
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
        return bases.computeIfAbsent(
                        requests.id(step, view.source(), shard), asked -> readBase(step, view.source(), shard))
                .answer()
                .images();
    }
}
