package org.rtda.trainer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.Payload;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.View;
import org.rtda.trainer.plan.TrainingPlan;

/**
 * The augmented batches of an attempt's steps. They need no weights, so they are requested several steps ahead. Each is read once,
 * whether the loss sees it, or an attack starts from it, or both. For the training thread only.
 */
final class AugmentedBatches {
    /** Steps for which they are requested ahead. */
    private static final int AHEAD = 4;

    /** What augment workers make for a step, whether the loss sees it or an attack starts from it. */
    private final List<View> views;
    /** Those of them that attacks start from. */
    private final List<View> attacked;

    private final TrainingPlan plan;
    private final int shards;
    private final StepRequests requests;
    private final TransientBatches batches;
    private final WorkExchange exchange;
    private final Callbacks callbacks;

    private long requestedUpTo;

    /** Those whose reading has begun and that nobody has asked for yet, by request. */
    private final Map<String, Supplier<TransientBatches.Read>> begun = new HashMap<>();

    /** Those that attacks start from, by request, until their step is gathered. */
    private final Map<String, TransientBatches.Read> bases = new HashMap<>();

    /**
     * What the gathering of a step gives.
     *
     * @param await waits for the answer to a request for a view
     * @param shape {N, C, H, W} of a shard
     * @param discard removes from the store what is used up
     */
    record Callbacks(
            BiFunction<String, View, BatchAnswer.Ready> await, IntFunction<long[]> shape, Consumer<Payload> discard) {}

    AugmentedBatches(
            TrainingMethod method,
            TrainingPlan plan,
            int shards,
            StepRequests requests,
            TransientBatches batches,
            WorkExchange exchange,
            Callbacks callbacks,
            long firstStep) {
        this.attacked = method.views().stream()
                .filter(view -> view.kind() == View.Kind.ADVERSARIAL)
                .map(View::source)
                .filter(source -> source.kind() == View.Kind.AUGMIX)
                .distinct()
                .toList();
        this.views = Stream.concat(
                        method.views().stream().filter(view -> view.kind() == View.Kind.AUGMIX), attacked.stream())
                .distinct()
                .toList();
        this.plan = plan;
        this.shards = shards;
        this.requests = requests;
        this.batches = batches;
        this.exchange = exchange;
        this.callbacks = callbacks;
        this.requestedUpTo = firstStep;
    }

    /** Requests what can be requested once {@code step} optimiser steps are done. */
    void requestAhead(long step) {
        requestBefore(step + 1 + AHEAD);
    }

    /** Requests what has not been requested of the steps before {@code end}. */
    void requestBefore(long end) {
        for (; requestedUpTo < Math.min(plan.totalSteps(), end); requestedUpTo++) {
            for (View view : views) {
                for (int shard = 0; shard < shards; shard++) {
                    request(requestedUpTo, view, shard);
                }
            }
        }
    }

    private void request(long step, View view, int shard) {
        exchange.request(requests.augmented(step, view, shard));
    }

    /** Waits for the worker, unless the reading has begun before; what this returns waits until the batch is read. */
    Supplier<TransientBatches.Read> reading(long step, View view, int shard) {
        Supplier<TransientBatches.Read> before = begun.remove(requests.id(step, view, shard));
        return before == null ? beginReading(step, view, shard) : before;
    }

    private Supplier<TransientBatches.Read> beginReading(long step, View view, int shard) {
        return batches.begin(
                () -> callbacks.await().apply(requests.id(step, view, shard), view),
                TransientBatches.Expected.augmented(callbacks.shape().apply(shard)),
                broken -> request(step, view, shard));
    }

    /** Begins to read what is there of a step. Waits for no worker: a batch that is not there yet is read when its step is gathered. */
    void beginNext(long step) {
        if (step == plan.totalSteps()) {
            return;
        }
        for (View view : views) {
            for (int shard = 0; shard < shards; shard++) {
                String id = requests.id(step, view, shard);
                if (!bases.containsKey(id) && exchange.isReady(id)) {
                    begun.put(id, beginReading(step, view, shard));
                }
            }
        }
    }

    /** The batches that the attacks of a step start from are read at once. Waits for their workers. */
    void beginBases(long step) {
        for (View view : attacked) {
            for (int shard = 0; shard < shards; shard++) {
                String id = requests.id(step, view, shard);
                if (!bases.containsKey(id) && !begun.containsKey(id)) {
                    begun.put(id, beginReading(step, view, shard));
                }
            }
        }
    }

    /** Whether attacks start from the batch and it has been read for them; then it stays until {@link #discardBases}. */
    boolean isBase(long step, View view, int shard) {
        return bases.containsKey(requests.id(step, view, shard));
    }

    /** The batch that an attack starts from. It is read before attack workers are sent to the object that its answer names. */
    TransientBatches.Read base(long step, View view, int shard) {
        return bases.computeIfAbsent(
                requests.id(step, view, shard), id -> reading(step, view, shard).get());
    }

    /** Requests the batch that an attack started from again, and reads it, if {@code broken} is the key of its object. */
    void replaceBase(long step, View view, int shard, String broken) {
        String id = requests.id(step, view, shard);
        TransientBatches.Read base = bases.get(id);
        if (base != null && broken.equals(keyOf(base.answer().images()))) {
            request(step, view, shard);
            bases.put(id, reading(step, view, shard).get());
        }
    }

    /** Null where the images are in their message. */
    private static String keyOf(Payload images) {
        return images.object() == null ? null : images.object().key();
    }

    /** Removes what attacks of a step started from. */
    void discardBases(long step) {
        for (View view : attacked) {
            for (int shard = 0; shard < shards; shard++) {
                TransientBatches.Read base = bases.remove(requests.id(step, view, shard));
                if (base != null) {
                    callbacks.discard().accept(base.answer().images());
                }
            }
        }
    }

    /** The images of {@link #base}. */
    ImageBatch baseImages(long step, View view, int shard) {
        return base(step, view, shard).images();
    }
}
