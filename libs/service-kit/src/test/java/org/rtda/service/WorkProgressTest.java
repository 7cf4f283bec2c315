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

    @Test
    void aTaskThatWaitsForOthersDoesNotStallHoweverLongAndFromThenOnItDoes() {
        progress.taskBegan();
        progress.waits();
        now.set(Duration.ofHours(1).toNanos());

        assertThat(progress.stalledFor()).isZero();
        assertThat(progress.tasksUnderWay()).isEqualTo(1);
        progress.goesOn();
        assertThat(progress.stalledFor()).isZero();
        now.set(Duration.ofHours(1).plusSeconds(7).toNanos());
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aTaskThatHangsStallsAlsoWhileAnotherWaitsAndGoesOn() {
        progress.taskBegan();
        progress.taskBegan();
        progress.waits();
        now.set(Duration.ofMinutes(10).toNanos());
        progress.goesOn();
        now.set(Duration.ofMinutes(11).toNanos());
        progress.waits();

        assertThat(progress.stalledFor()).isEqualTo(Duration.ofMinutes(11));
    }
}
