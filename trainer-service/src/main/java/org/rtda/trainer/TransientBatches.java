package org.rtda.trainer;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.Payloads;
import org.rtda.store.batch.BatchCheck;
import org.rtda.store.batch.BatchFlaw;

/**
 * Batches that workers make for an attempt, on their way through the store. One that is missing or altered when it is needed, or whose
 * making fails because something else of this attempt is, is made anew: a request names all that its answer depends on, so it is the
 * same batch bit for bit. What does not belong to the attempt, such as an image of the data set, nobody here can make anew.
 */
final class TransientBatches {
    private static final Logger LOG = Logger.getLogger(TransientBatches.class);

    /** Of one batch; a store that loses the same one so often loses everything. */
    static final int MOST_TIMES_ANEW = 3;

    private final Payloads payloads;
    private final String ofAttempt;
    private final Runnable requireOwned;
    private final Executor readers;

    /** Reads a batch on the thread that asks for it. */
    TransientBatches(Payloads payloads, String experimentId, long attempt, Runnable requireOwned) {
        this(payloads, experimentId, attempt, requireOwned, Runnable::run);
    }

    /**
     * @param requireOwned throws where the attempt was overtaken: whoever overtook it has removed its objects, and nothing is to be made anew
     * @param readers fetch batches and look at them
     */
    TransientBatches(Payloads payloads, String experimentId, long attempt, Runnable requireOwned, Executor readers) {
        this.payloads = payloads;
        this.requireOwned = requireOwned;
        this.readers = readers;
        this.ofAttempt = ObjectKeys.transients(experimentId, attempt);
    }

    /** @param answer names the batch's object, to be discarded once it is used */
    record Read(ImageBatch images, BatchAnswer.Ready answer) {}

    /**
     * The batch that a request made before asked for. One that is not what was asked for is made anew as well: another worker may make it
     * right.
     *
     * @param answer waits for it
     * @param expected what is asked of it before it is believed
     * @param anew asks for it again, having written anew the object of this key
     * @throws TrainingFailedException when it was made anew {@value #MOST_TIMES_ANEW} times, or cannot be, with the reason
     */
    Read read(Supplier<BatchAnswer.Ready> answer, Expected expected, Consumer<String> anew) {
        return begin(answer, expected, anew).get();
    }

    /**
     * As {@link #read}, in two parts, so that several batches can be read at once: waits for the answer and begins to read. What this
     * returns waits for the end; it is to be asked once, by the same thread, and throws what {@code read} throws.
     */
    Supplier<Read> begin(Supplier<BatchAnswer.Ready> answer, Expected expected, Consumer<String> anew) {
        Supplier<Read> first = reading(answer, expected);
        return () -> {
            Supplier<Read> reading = first;
            for (int times = 0; ; times++) {
                try {
                    return reading.get();
                } catch (ArtifactMissingException | ArtifactCorruptException e) {
                    makeAnew(ArtifactException.brokenObject(e), e, times, anew);
                } catch (BrokenObjectException e) {
                    makeAnew(e.object(), e, times, anew);
                }
                reading = reading(answer, expected);
            }
        };
    }

    /** Everything but fetching the batch and looking at it is done here and now. */
    private Supplier<Read> reading(Supplier<BatchAnswer.Ready> answer, Expected expected) {
        try {
            BatchAnswer.Ready ready = answer.get();
            ImageBatch centre =
                    expected.centre() == null ? null : expected.centre().get();
            Future<Read> read = CompletableFuture.supplyAsync(
                    () -> new Read(expected.accept(ready, centre, payloads::read), ready), readers);
            return () -> result(read);
        } catch (BrokenObjectException e) {
            return () -> {
                throw e;
            };
        }
    }

    private static Read result(Future<Read> read) {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingStoppedException("the trainer is shutting down");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void makeAnew(String object, RuntimeException broken, int times, Consumer<String> anew) {
        if (!object.startsWith(ofAttempt)) {
            throw broken;
        }
        requireOwned.run();
        if (times == MOST_TIMES_ANEW) {
            throw new TrainingFailedException(
                    broken.getMessage() + ", though it was made anew " + MOST_TIMES_ANEW + " times", broken);
        }
        LOG.warnf("%s; it is made anew", broken.getMessage());
        anew.accept(object);
    }

    /**
     * What a worker's batch must be like before it is trained on: of this shape, in [0,1], and within the attack's radius of what the attack
     * started from.
     *
     * @param shape {N, C, H, W}
     * @param attack null where no attack made the batch
     * @param centre what the attack started from; null with the attack. Asked once the answer is there
     */
    record Expected(long[] shape, AttackSettings attack, Supplier<ImageBatch> centre) {

        static Expected augmented(long[] shape) {
            return new Expected(shape, null, null);
        }

        /** @param shape that of the centre, too */
        static Expected adversarial(long[] shape, AttackSettings attack, Supplier<ImageBatch> centre) {
            return new Expected(shape, attack, centre);
        }

        /**
         * The batch, read and looked at.
         *
         * @param from what the attack started from; null where no attack made the batch
         * @param read reads a batch of the right shape
         * @throws BrokenObjectException when it is not what was asked for; it names the batch's own object
         */
        ImageBatch accept(BatchAnswer.Ready answer, ImageBatch from, Function<Payload, ImageBatch> read) {
            require(answer, BatchCheck.shape(answer.images(), shape));
            ImageBatch images = read(answer, read);
            require(answer, attack == null ? BatchCheck.range(images) : BatchCheck.perturbation(attack, from, images));
            return images;
        }

        private static ImageBatch read(BatchAnswer.Ready answer, Function<Payload, ImageBatch> read) {
            try {
                return read.apply(answer.images());
            } catch (ArtifactCorruptException e) {
                // what came in its message is the sender's doing, and no object of the store
                throw answer.images().object() == null ? unlikeAsked(answer, e.getMessage()) : e;
            }
        }

        private static void require(BatchAnswer.Ready answer, Optional<BatchFlaw> flaw) {
            if (flaw.isPresent()) {
                throw unlikeAsked(answer, flaw.get().sentence());
            }
        }

        private static BrokenObjectException unlikeAsked(BatchAnswer.Ready answer, String with) {
            return new BrokenObjectException(
                    "worker " + answer.worker() + " answered request " + answer.id() + " with " + with,
                    ObjectKeys.payload(answer.id()));
        }
    }
}
