package org.rtda.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * Repeats calls to the store, and is the only place that does so: only when the store was out of reach, with pauses
 * that double from 100 ms to 5 s, for as long as the patience lasts. An object that is missing or altered is final at
 * once. It logs one line when the store has been out of reach for a second, whichever calls find out, and one when it
 * is back.
 */
public final class RetryingArtifactStore implements ArtifactStore {
    private static final Logger LOG = Logger.getLogger(RetryingArtifactStore.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** A call that fails once and then succeeds is no news. */
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    /** How time passes between two tries. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    private final ArtifactStore store;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /** When the call was made that found the store out of reach; null while it is in reach. */
    private final AtomicReference<Long> awaySince = new AtomicReference<>();

    /** @param patience how long a call may go on failing before the failure is passed on; zero tries once */
    public RetryingArtifactStore(ArtifactStore store, Duration patience) {
        this(store, patience, System::nanoTime, TimeUnit.MILLISECONDS::sleep);
    }

    RetryingArtifactStore(ArtifactStore store, Duration patience, LongSupplier nanoTime, Pause pause) {
        this.store = store;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public ObjectRef put(String key, byte[] content) {
        return retried(() -> store.put(key, content));
    }

    @Override
    public byte[] get(ObjectRef ref) {
        return retried(() -> store.get(ref));
    }

    @Override
    public Optional<byte[]> find(String key) {
        return retried(() -> store.find(key));
    }

    @Override
    public List<String> list(String prefix) {
        return retried(() -> store.list(prefix));
    }

    @Override
    public void delete(String key) {
        retried(() -> {
            store.delete(key);
            return null;
        });
    }

    private <T> T retried(Supplier<T> call) {
        long start = nanoTime.getAsLong();
        long millis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                T answer = call.get();
                isInReach();
                return answer;
            } catch (ArtifactStoreUnavailableException e) {
                long failing = nanoTime.getAsLong() - start;
                if (failing >= UNTOLD.toNanos()) {
                    isOutOfReach(start, e);
                }
                if (failing + millis * 1_000_000 > patience.toNanos()) {
                    throw e;
                }
                sleep(millis, e);
                millis = Math.min(2 * millis, LONGEST_PAUSE_MILLIS);
            } catch (ArtifactException e) {
                // an object that is missing or altered: the store has answered
                isInReach();
                throw e;
            }
        }
    }

    private void isOutOfReach(long since, ArtifactStoreUnavailableException failure) {
        if (awaySince.compareAndSet(null, since)) {
            LOG.warnf("waiting for the store: %s", failure.getMessage());
        }
    }

    private void isInReach() {
        Long since = awaySince.getAndSet(null);
        if (since != null) {
            LOG.infof(
                    "the store answers again, after %d s",
                    Duration.ofNanos(nanoTime.getAsLong() - since).toSeconds());
        }
    }

    private void sleep(long millis, ArtifactStoreUnavailableException failure) {
        try {
            pause.millis(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
