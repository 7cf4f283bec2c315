package org.rtda.trainer;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.ObjectKeys;
import org.rtda.core.ImageBatch;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.Payloads;

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

    /** @param requireOwned throws where the attempt was overtaken: whoever overtook it has removed its objects, and nothing is to be made anew */
    TransientBatches(Payloads payloads, String experimentId, long attempt, Runnable requireOwned) {
        this.payloads = payloads;
        this.requireOwned = requireOwned;
        this.ofAttempt = ObjectKeys.transients(experimentId) + attempt + "/";
    }

    /** @param answer names the batch's object, to be discarded once it is used */
    record Read(ImageBatch images, BatchAnswer.Ready answer) {}

    /**
     * The batch that a request made before asked for.
     *
     * @param answer waits for it
     * @param anew asks for it again, having written anew the object of this key
     * @throws TrainingFailedException when it was made anew {@value #MOST_TIMES_ANEW} times, or cannot be, with the reason
     */
    Read read(Supplier<BatchAnswer.Ready> answer, Consumer<String> anew) {
        for (int times = 0; ; times++) {
            try {
                BatchAnswer.Ready ready = answer.get();
                return new Read(payloads.read(ready.images()), ready);
            } catch (ArtifactMissingException | ArtifactCorruptException e) {
                makeAnew(ArtifactException.brokenObject(e), e, times, anew);
            } catch (BrokenObjectException e) {
                makeAnew(e.object(), e, times, anew);
            }
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
}
