package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.store.InMemoryArtifactStore;

class ProgressLivenessTest {
    private final AtomicLong now = new AtomicLong();
    private final WorkProgress progress = new WorkProgress(now::get);
    private final ProgressLiveness liveness =
            new ProgressLiveness("experiments move", progress, Duration.ofMinutes(10));

    private void at(Duration time) {
        now.set(time.toNanos());
    }

    @Test
    void workThatHasNotMovedForLongerThanTheLimitIsDead() {
        progress.taskBegan();
        at(Duration.ofMinutes(10));
        assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
        at(Duration.ofMinutes(10).plusNanos(1));
        assertThat(liveness.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void workThatWaitsForOthersLives() {
        progress.taskBegan();
        boolean live = progress.waitingFor(() -> {
            at(Duration.ofHours(3));
            return liveness.call().getStatus() == Status.UP;
        });

        assertThat(live).isTrue();
        at(Duration.ofHours(3).plusMinutes(11));
        assertThat(liveness.call().getStatus()).as("it does not wait any more").isEqualTo(Status.DOWN);
    }

    @Test
    void eachAnswerOfTheStoreIsAMovement() {
        ProgressStore store = new ProgressStore(new InMemoryArtifactStore(), progress);
        progress.taskBegan();
        at(Duration.ofMinutes(9));
        store.put("a", new byte[] {1});
        at(Duration.ofMinutes(18));
        store.list("");
        at(Duration.ofMinutes(27));
        store.delete("a");
        at(Duration.ofMinutes(36));

        assertThat(progress.stalledFor()).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void aLimitThatAStoreWhichIsAwayExceedsIsRefused() {
        StoreConfig store = StoreConfigTest.config();

        assertThatCode(() -> ProgressLiveness.checkLimit("rtda.stall-limit", Duration.ofMinutes(6), store))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ProgressLiveness.checkLimit("rtda.stall-limit", Duration.ofMinutes(5), store))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("rtda.stall-limit must be longer than rtda.store.patience, PT5M");
    }
}
