package org.rtda.trainer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The metrics of a run that the broker may not have yet. A run that is resumed does not repeat the steps before its checkpoint, so their
 * metrics must be with the broker before that is in the store: a trainer that died in between would take them along. For the thread that
 * trains.
 */
final class UnsentMetrics {
    private final Duration glance;
    private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);

    /** @param glance between two looks at whether to go on waiting */
    UnsentMetrics(Duration glance) {
        this.glance = glance;
    }

    /** @param publication ends when the broker has the metric, or refuses it for good */
    void add(CompletableFuture<?> publication) {
        all = CompletableFuture.allOf(all, publication.handle((where, failure) -> null));
    }

    /**
     * Returns when the broker has all of them, or has refused them for good.
     *
     * @param check throws when there is nothing to wait for any more
     * @throws TrainingStoppedException when the thread is interrupted
     */
    void await(Runnable check) {
        while (true) {
            try {
                all.get(glance.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                check.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingStoppedException("the trainer is shutting down");
            }
        }
    }
}
