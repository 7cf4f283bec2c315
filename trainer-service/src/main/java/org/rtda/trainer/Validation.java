package org.rtda.trainer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ImageBatch;
import org.rtda.core.StratifiedDraw;
import org.rtda.core.metrics.BalancedAccuracy;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/**
 * Judges weights on the validation split under the attack that the experiment trains against. The attack workers craft the
 * images, in parts as large as a shard of a training step; the trainer classifies them. For the training thread only.
 */
final class Validation {
    private static final String SPLIT = SplitNames.VALIDATION;
    private static final String VIEW = "validation";
    /** Parts asked for at once: enough for as many workers as anyone is likely to have. */
    private static final int ASKED_AT_ONCE = 128;

    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final String replyTo;
    private final TorchEngine engine;
    private final NetworkArchitecture architecture;
    private final DatasetReader datasets;
    private final Payloads payloads;
    private final TransientBatches batches;
    private final WorkExchange exchange;
    private final RunControl control;
    private final List<int[]> parts;
    private final int[] labels;

    /** @throws TrainingFailedException when a class has no image among the validation images */
    Validation(
            ExperimentCommand.Submit experiment,
            long attempt,
            String replyTo,
            TorchEngine engine,
            NetworkArchitecture architecture,
            DatasetReader datasets,
            Payloads payloads,
            WorkExchange exchange,
            RunControl control,
            Runnable requireOwned) {
        this.experiment = experiment;
        this.attempt = attempt;
        this.replyTo = replyTo;
        this.engine = engine;
        this.architecture = architecture;
        this.datasets = datasets;
        this.payloads = payloads;
        this.batches = new TransientBatches(payloads, experiment.experimentId(), attempt, requireOwned);
        this.exchange = exchange;
        this.control = control;
        ExperimentSpec spec = experiment.spec();
        int[] all = datasets.labels(experiment.dataset(), SPLIT);
        int[] images = StratifiedDraw.of(all, spec.selection().validationImages());
        this.parts = parts(images, partsOf(spec.batchSize(), spec.shards()));
        this.labels = Arrays.stream(images).map(image -> all[image]).toArray();
        requireEveryClass(datasets.manifest(experiment.dataset()).classes(), labels);
    }

    private static List<int[]> parts(int[] images, int size) {
        return IntStream.range(0, partsOf(images.length, size))
                .mapToObj(part -> Arrays.copyOfRange(images, part * size, Math.min(images.length, (part + 1) * size)))
                .toList();
    }

    /** Rounded up. */
    private static int partsOf(int whole, int size) {
        return (whole + size - 1) / size;
    }

    private static void requireEveryClass(List<String> classes, int[] labels) {
        for (int k = 0; k < classes.size(); k++) {
            int label = k;
            if (Arrays.stream(labels).noneMatch(each -> each == label)) {
                throw new TrainingFailedException("selection needs a validation image of every class, but class "
                        + classes.get(k) + " has none among the " + labels.length + " drawn"
                        + ": ask for more selection.validationImages (0 for all)");
            }
        }
    }

    /**
     * The mean over the classes of the share that is classified rightly under attack, in [0,1].
     *
     * @param file the weights in the store, where the workers find them
     * @param step optimiser steps behind the weights
     */
    double robustBalancedAccuracy(Weights weights, ObjectRef file, long step) {
        int[] predicted = new int[labels.length];
        int asked = 0;
        int done = 0;
        try (FrozenNetwork network = new FrozenNetwork(engine, architecture, weights)) {
            for (int part = 0; part < parts.size(); part++) {
                for (; asked < Math.min(parts.size(), part + ASKED_AT_ONCE); asked++) {
                    exchange.request(request(asked, file, step));
                }
                int number = part;
                TransientBatches.Read read = batches.read(
                        () -> exchange.await(idOf(step, number), control),
                        expected(number),
                        broken -> exchange.request(request(number, file, step)));
                for (float[] logits : network.logits(read.images())) {
                    predicted[done++] = largest(logits);
                }
                payloads.discard(read.answer().images());
            }
        }
        // the interval that comes with the figure is not used
        return BalancedAccuracy.balancedAccuracy(predicted, labels, architecture.classes())
                .map(Estimate::value)
                .orElseThrow();
    }

    private TransientBatches.Expected expected(int part) {
        long[] shape = {parts.get(part).length, architecture.channels(), architecture.height(), architecture.width()};
        return TransientBatches.Expected.adversarial(
                shape,
                experiment.spec().attack(),
                () -> ImageBatch.of(datasets.read(experiment.dataset(), SPLIT, parts.get(part))
                        .images()));
    }

    private AttackRequest request(int part, ObjectRef file, long step) {
        ExperimentSpec spec = experiment.spec();
        return AttackRequest.builder()
                .id(idOf(step, part))
                .time(Instant.now())
                .experimentId(experiment.experimentId())
                .replyTo(replyTo)
                .attempt(attempt)
                .step(step)
                .view(VIEW)
                .shard(part)
                .images(new ImageSource(
                        experiment.dataset(), SPLIT, parts.get(part), PreAugmentation.NONE, spec.seed(), step))
                .network(spec.network())
                .weights(file)
                .attack(spec.attack())
                .seed(spec.seed())
                .normalization(spec.trainedNormalization())
                .build();
    }

    private String idOf(long step, int part) {
        return BatchRequest.idOf(experiment.experimentId(), attempt, step, VIEW, part);
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            if (logits[c] > logits[best]) {
                best = c;
            }
        }
        return best;
    }
}
