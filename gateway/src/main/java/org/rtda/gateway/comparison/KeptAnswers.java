package org.rtda.gateway.comparison;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.comparison.RunOutcome;

/**
 * Whether each model was right on each image. Each predictions document is read once, and one bit for each image is kept: the
 * probabilities of all runs would not fit into a gateway's memory.
 */
final class KeptAnswers {

    /** @param namedClasses how many different classes the model named */
    record Answered(RunOutcome.Answers answers, int namedClasses) {
        private static Answered of(Predictions predictions) {
            return new Answered(
                    new RunOutcome.Answers(predictions.areRight(), fingerprint(predictions)),
                    predictions.namedClasses());
        }
    }

    private final Function<ObjectRef, Optional<Predictions>> store;
    private final Map<ObjectRef, Optional<Answered>> read = new HashMap<>();

    /** @param store empty for a document that is missing or cannot be read */
    KeptAnswers(Function<ObjectRef, Optional<Predictions>> store) {
        this.store = store;
    }

    /**
     * Reads several at once, since each has to be waited for.
     *
     * @param readers on which they are read
     */
    void readAhead(List<Measured> wanted, Executor readers) {
        Map<ObjectRef, CompletableFuture<Optional<Answered>>> reading = new LinkedHashMap<>();
        for (Measured measured : wanted) {
            if (measured.predictions() != null && !read.containsKey(measured.predictions())) {
                reading.computeIfAbsent(
                        measured.predictions(),
                        kept -> CompletableFuture.supplyAsync(
                                () -> store.apply(kept).map(Answered::of), readers));
            }
        }
        reading.forEach((kept, answer) -> read.put(kept, result(answer)));
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Empty where nothing was kept. */
    Optional<Answered> of(Measured measured) {
        return measured.predictions() == null
                ? Optional.empty()
                : read.computeIfAbsent(
                        measured.predictions(), kept -> store.apply(kept).map(Answered::of));
    }

    /** Equal for the same images with the same classes. */
    private static String fingerprint(Predictions predictions) {
        boolean first = predictions.areOfTheFirstImages();
        ByteBuffer images =
                ByteBuffer.allocate(2 * Integer.BYTES * predictions.labels().size());
        for (int i = 0; i < predictions.labels().size(); i++) {
            images.putInt(first ? i : predictions.indices().get(i));
            images.putInt(predictions.labels().get(i));
        }
        return Sha256.hex(images.array());
    }
}
