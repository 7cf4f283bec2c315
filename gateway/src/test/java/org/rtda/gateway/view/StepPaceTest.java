package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.TrainingMetric;

class StepPaceTest {
    private final ViewEvents events = new ViewEvents("exp-1");

    private TrainingMetric at(long attempt, long step, double seconds) {
        return events.training(attempt, step, ViewEvents.TIME.plusMillis(Math.round(1000 * seconds)));
    }

    /** 10 s for the four steps after the first. */
    @Test
    void isTheTimeFromTheFirstToTheLastStepOverTheStepsBetween() {
        assertThat(StepPace.secondsPerStep(List.of(at(1, 11, 2), at(1, 12, 3), at(1, 14, 11), at(1, 15, 12))))
                .hasValue(2.5);
    }

    /** A trainer died after step 13 and another went on from the checkpoint of step 10 ten minutes later: 4 s for two steps. */
    @Test
    void leavesOutWhatAnEarlierAttemptDidAndTheTimeBetween() {
        assertThat(StepPace.secondsPerStep(
                        List.of(at(1, 9, 1), at(1, 10, 2), at(2, 11, 602), at(2, 12, 603), at(2, 13, 606))))
                .hasValue(2);
    }

    @Test
    void isNotKnownFromOneStepOrWhenTheClockStoodOrWentBack() {
        assertThat(StepPace.secondsPerStep(List.of())).isEmpty();
        assertThat(StepPace.secondsPerStep(List.of(at(1, 1, 5)))).isEmpty();
        assertThat(StepPace.secondsPerStep(List.of(at(1, 1, 5), at(2, 2, 600)))).isEmpty();
        assertThat(StepPace.secondsPerStep(List.of(at(1, 1, 5), at(1, 2, 5)))).isEmpty();
        assertThat(StepPace.secondsPerStep(List.of(at(1, 1, 5), at(1, 2, 4)))).isEmpty();
    }

    /** Steps 1 to 100 took 10 s each, the 100 after them 2 s. */
    @Test
    void ofALongRunTheLatestHundredStepsCount() {
        StepsInMemory series = new StepsInMemory();
        for (int step = 1; step <= 200; step++) {
            series.put(at(1, step, step <= 100 ? 10 * step : 1000 + 2 * (step - 100)));
        }

        assertThat(StepPace.secondsPerStep(series.latest(StepPace.STEPS))).hasValue(2);
    }
}
