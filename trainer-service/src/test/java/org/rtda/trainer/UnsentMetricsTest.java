package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnsentMetricsTest {
    private final UnsentMetrics unsent = new UnsentMetrics(Duration.ofMillis(1));

    @Test
    void aCheckpointWaitsUntilTheBrokerHasEveryMetricBeforeIt() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        unsent.add(first);
        unsent.add(second);
        second.complete(null);
        AtomicInteger looks = new AtomicInteger();

        unsent.await(() -> {
            if (looks.incrementAndGet() == 2) {
                first.complete(null);
            }
        });

        assertThat(looks).hasValue(2);
    }

    @Test
    void nothingIsWaitedForWhereTheBrokerHasThemAll() {
        unsent.add(CompletableFuture.completedFuture(null));
        unsent.await(() -> {
            throw new AssertionError("nobody waits");
        });
    }

    /** It is in the log; no later try would change that. */
    @Test
    void aMetricThatTheBrokerRefusesForGoodHoldsNothingUp() {
        unsent.add(CompletableFuture.failedFuture(new IllegalArgumentException("too large")));
        unsent.await(() -> {
            throw new AssertionError("nobody waits");
        });
    }

    @Test
    void whoIsOvertakenWaitsNoLonger() {
        unsent.add(new CompletableFuture<>());

        assertThatThrownBy(() -> unsent.await(() -> {
                    throw new OwnershipLostException("exp", 1);
                }))
                .isInstanceOf(OwnershipLostException.class);
    }
}
