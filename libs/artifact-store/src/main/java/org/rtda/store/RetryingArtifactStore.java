package org.rtda.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.rtda.contracts.ObjectRef;

/**
 * The one place where a call to the store is tried again: only when the store was out of reach, with pauses that double
 * from 100 ms to 5 s, for as long as the patience lasts. An object that is missing or altered is final at once.
 */
public final class RetryingArtifactStore implements ArtifactStore {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final ArtifactStore store;
    private final Duration patience;

    /** @param patience how long a call may go on failing before the failure is passed on; zero tries once */
    public RetryingArtifactStore(ArtifactStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
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
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return call.get();
            } catch (ArtifactStoreUnavailableException e) {
                if (System.nanoTime() - start + pause * 1_000_000 > patience.toNanos()) {
                    throw e;
                }
                sleep(pause, e);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private static void sleep(long millis, ArtifactStoreUnavailableException failure) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
