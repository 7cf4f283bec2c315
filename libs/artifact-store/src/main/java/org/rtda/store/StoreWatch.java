package org.rtda.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Asks the store every five seconds whether it is there, so that health checks know it without a call of their own, which a silent store
 * would hold up. It writes no log: {@link RetryingArtifactStore} does where a call waits. Safe for use by several threads.
 */
public final class StoreWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Names of objects may be listed by every account that has anything to do with the store; to read, each needs a right of its own. */
    private static final String ASKED_FOR = "readiness";

    private final ArtifactStore store;
    private final Executor asker;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "store-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** Null while no question is open; a store that is silent keeps one open longer than the patience. */
    private CompletableFuture<List<String>> question;

    private volatile Absence absence;

    /**
     * The store does not answer.
     *
     * @param sinceNanos when the first question was asked that had no answer
     * @param reason the store's failure, in a sentence
     */
    private record Absence(long sinceNanos, String reason) {}

    /**
     * Does not ask before it {@linkplain #begin begins}.
     *
     * @param store one that does not repeat failed calls, and that whoever made it closes
     */
    public StoreWatch(ArtifactStore store) {
        this.store = store;
        this.asker = clock;
        this.patience = PATIENCE;
        this.nanoTime = System::nanoTime;
    }

    /** @param asker runs the questions; {@link #look} is to be called by hand */
    StoreWatch(ArtifactStore store, Executor asker, Duration patience, LongSupplier nanoTime) {
        this.store = store;
        this.asker = asker;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** To be called once, when the store has been seen. */
    public void begin() {
        clock.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For one thread. */
    void look() {
        long asked = nanoTime.getAsLong();
        try {
            if (question == null) {
                question = CompletableFuture.supplyAsync(() -> store.list(ASKED_FOR), asker);
            }
            question.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            question = null;
            absence = null;
        } catch (TimeoutException e) {
            isAway(asked, "the store does not answer; is it overloaded, or is the way to it broken?");
        } catch (ExecutionException e) {
            question = null;
            isAway(asked, words(e.getCause()));
        } catch (InterruptedException e) {
            // closed meanwhile
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            question = null;
            isAway(asked, words(e));
        }
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private void isAway(long asked, String reason) {
        Absence known = absence;
        absence = new Absence(known == null ? asked : known.sinceNanos(), reason);
    }

    /** For how long the store has not answered; zero while it does. */
    public Duration awayFor() {
        Absence known = absence;
        return known == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - known.sinceNanos());
    }

    /** Why the store does not answer; empty while it does. */
    public Optional<String> reason() {
        return Optional.ofNullable(absence).map(Absence::reason);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
