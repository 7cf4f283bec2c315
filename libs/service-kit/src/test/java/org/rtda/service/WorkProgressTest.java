package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkProgressTest {
    private final AtomicLong now = new AtomicLong();
    private final WorkProgress progress = new WorkProgress(now::get);

    @Test
    void withoutTasksNothingIsStalled() {
        now.set(Duration.ofHours(1).toNanos());

        assertThat(progress.stalledFor()).isZero();
    }

    @Test
    void aTaskStallsFromTheLastMovementOn() {
        progress.taskBegan();
        now.set(Duration.ofSeconds(40).toNanos());
        progress.moved();
        now.set(Duration.ofSeconds(100).toNanos());

        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(60));
        progress.taskEnded();
        assertThat(progress.stalledFor()).isZero();
    }
}
