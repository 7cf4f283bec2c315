package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class SweepScheduleTest {

    /** A scheduled task that throws is never run again: nothing would be removed any more. */
    @Test
    void aSweepThatBreaksInWhateverWayIsFollowedByAnother() {
        assertThatCode(() -> SweepSchedule.remove(() -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }))
                .doesNotThrowAnyException();
    }
}
