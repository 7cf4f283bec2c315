package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestProgressTest {
    private final AtomicLong seconds = new AtomicLong();
    private final RequestProgress progress = new RequestProgress(() -> seconds.get() * 1_000_000_000);

    @Test
    void nothingStallsWhileNobodyAsks() {
        seconds.set(3600);
        assertThat(progress.stalledFor()).isZero();
    }

    @Test
    void aLongRequestIsNoStallWhileItMakesPasses() {
        progress.requestBegan();
        seconds.set(3600);
        progress.moved();
        seconds.set(3660);
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofMinutes(1));
        progress.requestEnded();
        assertThat(progress.stalledFor()).isZero();
    }
}
