package org.rtda.gateway.dataset;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.ObjectKeys;
import org.rtda.store.ArtifactStore;

/**
 * Removes what evaluations keep of single images, predictions and galleries, when it has been kept for as long as the settings say after
 * their end. Figures stay. Several gateways may do so at once.
 */
public final class ImageRetention implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ImageRetention.class);

    private final ArtifactStore store;
    private final Supplier<Map<String, Instant>> ends;
    private final Optional<Duration> predictions;
    private final Optional<Duration> galleries;
    private final InstantSource clock;
    private final Set<String> withoutPredictions = new HashSet<>();
    private final Set<String> withoutGalleries = new HashSet<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "image-retention");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param ends when each evaluation ended that has, by its id
     * @param predictions how long they are kept after that; as long as their experiment when absent
     * @param galleries the same
     */
    public ImageRetention(
            ArtifactStore store,
            Supplier<Map<String, Instant>> ends,
            Optional<Duration> predictions,
            Optional<Duration> galleries,
            InstantSource clock) {
        this.store = store;
        this.ends = ends;
        this.predictions = predictions;
        this.galleries = galleries;
        this.clock = clock;
    }

    /** Looks at intervals from now on, where anything is to be removed ever. */
    public void begin(Duration interval) {
        if (predictions.isPresent() || galleries.isPresent()) {
            looks.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What cannot be removed now is tried again at the next look. */
    void look() {
        try {
            Instant now = clock.instant();
            ends.get().forEach((evaluation, end) -> {
                if (isOver(predictions, end, now) && !withoutPredictions.contains(evaluation)) {
                    remove("predictions", evaluation, ObjectKeys.predictionsOf(evaluation));
                    withoutPredictions.add(evaluation);
                }
                if (isOver(galleries, end, now) && !withoutGalleries.contains(evaluation)) {
                    remove("galleries", evaluation, ObjectKeys.galleriesOf(evaluation));
                    withoutGalleries.add(evaluation);
                }
            });
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.warnf("predictions and galleries that are kept for too long were not all removed: %s", e.getMessage());
        }
    }

    private static boolean isOver(Optional<Duration> kept, Instant end, Instant now) {
        return kept.isPresent() && !end.plus(kept.get()).isAfter(now);
    }

    private void remove(String what, String evaluation, String prefix) {
        // what lies deeper is of evaluations with a name, which have ends of their own
        List<String> own = store.list(prefix).stream()
                .filter(key -> key.indexOf('/', prefix.length()) < 0)
                .toList();
        own.forEach(store::delete);
        if (!own.isEmpty()) {
            LOG.infof(
                    "evaluation %s: %d %s removed, since they have been kept for long enough",
                    evaluation, own.size(), what);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
