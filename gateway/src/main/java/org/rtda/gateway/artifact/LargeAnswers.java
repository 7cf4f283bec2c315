package org.rtda.gateway.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.rtda.gateway.problem.ProblemException;

/**
 * Answers that take much memory while they are made, such as a report or a sheet of pictures: a few are made at a time, in the order in
 * which they were asked for, so that many requests at once take no more memory than a few. Safe for use by several threads.
 */
@ApplicationScoped
public class LargeAnswers {
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final Semaphore turns;
    private final Duration longestWait;

    LargeAnswers() {
        this(AT_ONCE, LONGEST_WAIT);
    }

    LargeAnswers(int atOnce, Duration longestWait) {
        this.turns = new Semaphore(atOnce, true);
        this.longestWait = longestWait;
    }

    /**
     * Waits for its turn and makes the answer.
     *
     * @throws ProblemException 503 when its turn does not come
     */
    public <T> T make(Supplier<T> answer) {
        if (!hasTurn()) {
            throw ProblemException.busy(
                    "the gateway is making other reports, comparisons and sheets of pictures, and this one has waited for "
                            + longestWait.toSeconds() + " s",
                    longestWait);
        }
        try {
            return answer.get();
        } finally {
            turns.release();
        }
    }

    private boolean hasTurn() {
        try {
            return turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
