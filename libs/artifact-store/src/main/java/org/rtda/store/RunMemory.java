package org.rtda.store;

import java.util.OptionalInt;
import org.rtda.contracts.ByteSize;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.variant.MethodKind;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.TrainingMemory;

/**
 * Estimates how much of its trainer's memory a run needs. The gateway asks before it accepts a run, the trainer before
 * it begins one, and both get the same answer. The class is in this library because the library knows both
 * specifications and networks.
 *
 * <p>A trainer's memory is that of its container, or of the machine where there is none. Java's heap and what PyTorch takes outside of
 * it share that: the trainer's images give the heap at most {@value #HEAP_PERCENT} %, and so does {@code ./rtda up} on a machine of 8 GiB or
 * more.
 *
 * <p>Java's own memory outside of the heap holds what passes from the heap into PyTorch, one array at a time: {@link TrainingMemory} was
 * measured with it. Its limit is that of the heap, which has room for several such arrays.
 */
public final class RunMemory {
    /** {@code MaxRAMPercentage} of the trainer in the compose file and the chart. */
    public static final int HEAP_PERCENT = 35;
    /** The JVM, libraries and connections of a trainer that has worked on a small network for long. */
    static final long PROCESS = 384L << 20;
    /** Of a trainer's memory: the images that its cache keeps, which have a share of the heap. */
    private static final double CACHE = HEAP_PERCENT / 100.0 / DatasetReader.HEAP_FOR_CACHE;
    /** Copies of the weights on the heap while a checkpoint is saved, the one that attacks were last made on among them. */
    private static final int WEIGHT_COPIES = 9;
    /**
     * Steps whose batches are on the heap beside those of the lookahead. AugMix is asked for four steps ahead, whose answers may be in their
     * messages. The step that is gathered is there twice, in parts and joined; once it is joined and its parts are gone, the next one's
     * augmented batches are read.
     */
    private static final int STEPS_AHEAD = 6;
    /** The collector lets the heap grow until two fifths of it are free. */
    private static final double HEAP_FOR_LIVE = 5.0 / 3;

    private static final int SMALLEST_BATCH = 2;

    private final ExperimentSpec spec;
    private final DatasetManifest data;
    private final NetworkArchitecture network;

    /** @throws IllegalArgumentException when the network does not take the images */
    private RunMemory(ExperimentSpec spec, DatasetManifest data) {
        this.spec = spec;
        this.data = data;
        this.network = NetworkArchitecture.named(
                spec.network(),
                data.channels(),
                data.height(),
                data.width(),
                data.classes().size());
    }

    /** In bytes; an estimate that is rather too high than too low. */
    public static long bytes(ExperimentSpec spec, DatasetManifest data) {
        return new RunMemory(spec, data).bytes(spec.batchSize());
    }

    /**
     * @param trainerBytes memory of a trainer
     * @throws InvalidFieldException when the run does not fit, with what it needs, the largest batch that fits, and what else helps
     */
    public static void requireFits(ExperimentSpec spec, DatasetManifest data, long trainerBytes) {
        RunMemory run = new RunMemory(spec, data);
        if (run.bytes(spec.batchSize()) > trainerBytes) {
            throw run.refusal(trainerBytes);
        }
    }

    private long bytes(int batch) {
        int views = MethodKind.named(spec.method()).views();
        TrainingMemory step = TrainingMemory.of(
                network,
                new TrainingMemory.Step(
                        batch,
                        views,
                        spec.batchNorm().equals("joint"),
                        spec.optimizer().name().equals("adamw") ? 2 : 1,
                        spec.optimizer().averaging() > 0));
        long weights = Float.BYTES
                * network.parameters().stream().mapToLong(Parameter::size).sum();
        long batches = (long) Float.BYTES * data.channels() * data.height() * data.width() * batch * views;
        // with lookahead, attacks are under way on so many older weights
        long live = (WEIGHT_COPIES + spec.lookahead()) * weights + (STEPS_AHEAD + spec.lookahead()) * batches;
        double together = step.bytes() + HEAP_FOR_LIVE * live + PROCESS;
        // the heap has a limit of its own, however much is free beside it
        double heap = HEAP_PERCENT / 100.0;
        double byHeap = Math.max(live / (heap - CACHE), direct(batch) / heap);
        return (long) Math.max(together / (1 - CACHE), byHeap);
    }

    /** The largest array that passes into PyTorch: the batch of a pass through the network, or the parameters of a layer. */
    private long direct(int batch) {
        int views = spec.batchNorm().equals("joint")
                ? MethodKind.named(spec.method()).views()
                : 1;
        long images = (long) data.channels() * data.height() * data.width() * batch * views;
        long parameters =
                network.parameters().stream().mapToLong(Parameter::size).max().orElse(0);
        return Float.BYTES * Math.max(images, parameters);
    }

    private InvalidFieldException refusal(long trainerBytes) {
        String what = " with network " + spec.network() + ", method " + spec.method() + " (views of an image: "
                + MethodKind.named(spec.method()).views() + ") and images of "
                + data.channels() + " x " + data.height() + " x " + data.width() + ", since a trainer has "
                + ByteSize.inWords(trainerBytes);
        String remedy =
                ": take a smaller network or smaller images, or give trainers more memory (rtda.trainer-memory)";
        OptionalInt largest = largestBatch(trainerBytes);
        return largest.isPresent()
                ? new InvalidFieldException(
                        "batchSize",
                        spec.batchSize() + ", which needs " + ByteSize.inWords(bytes(spec.batchSize())),
                        "at most " + largest.getAsInt() + what + remedy)
                : new InvalidFieldException(
                        "network",
                        spec.network() + ", which needs " + ByteSize.inWords(bytes(SMALLEST_BATCH))
                                + " even with batchSize " + SMALLEST_BATCH,
                        "one that fits" + what + remedy);
    }

    /** Empty when no batch fits. */
    private OptionalInt largestBatch(long trainerBytes) {
        if (bytes(SMALLEST_BATCH) > trainerBytes) {
            return OptionalInt.empty();
        }
        int fits = SMALLEST_BATCH;
        int tooLarge = spec.batchSize();
        while (tooLarge - fits > 1) {
            int middle = (fits + tooLarge) / 2;
            if (bytes(middle) > trainerBytes) {
                tooLarge = middle;
            } else {
                fits = middle;
            }
        }
        return OptionalInt.of(fits);
    }
}
