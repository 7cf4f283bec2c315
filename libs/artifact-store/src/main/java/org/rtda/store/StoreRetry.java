package org.rtda.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Repeats what fails because the store is out of reach, with pauses that double from 100 ms to 5 s. It logs one line when
 * the store has been out of reach for a second, whichever calls find out, and one when it is back.
 */
final class StoreRetry {
    private static final Logger LOG = Logger.getLogger(StoreRetry.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** A call that fails once and then succeeds is no news. */
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    /** How time passes between two tries. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /** When the call was made that found the store out of reach; null while it is in reach. */
    private final AtomicReference<Long> awaySince = new AtomicReference<>();

    /** @param limit how long a call may go on failing before the failure is passed on; zero tries once */
    StoreRetry(Duration limit) {
        this(limit, System::nanoTime, TimeUnit.MILLISECONDS::sleep);
    }

    StoreRetry(Duration limit, LongSupplier nanoTime, Pause pause) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Whatever the store says while it is out of reach, it may be back. */
    <T> T with(Supplier<T> call) {
        return with(call, failure -> false);
    }

    /** Of the first call of a process: keys that are refused then are wrong. */
    <T> T entering(Supplier<T> call) {
        return with(call, ArtifactStoreUnavailableException::refusesKeys);
    }

    private <T> T with(Supplier<T> call, Predicate<ArtifactStoreUnavailableException> isFinal) {
        long start = nanoTime.getAsLong();
        long millis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                T answer = call.get();
                isInReach();
                return answer;
            } catch (ArtifactStoreUnavailableException e) {
                long failing = nanoTime.getAsLong() - start;
                if (isFinal.test(e)) {
                    throw e;
                }
                if (failing >= UNTOLD.toNanos()) {
                    isOutOfReach(start, e);
                }
                if (failing + millis * 1_000_000 > limit.toNanos()) {
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
