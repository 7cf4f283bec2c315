package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Measured;

class EvaluationViewTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final EvaluationView view = new EvaluationView(events.evaluation(10), 10, true);

    private Measured measured(double accuracy) {
        return events.measured(10, true, ViewEvents.pgd(accuracy), accuracy);
    }

    @Test
    void figuresStandInTheOrderOfThePlanEachOnceAndThoseThatItDoesNotNameFollow() {
        Measured noise = events.measured(10, true, ViewEvents.NOISE, 0.7);
        Measured clean = events.measured(10, true, ViewEvents.CLEAN, 0.9);
        view.apply(measured(0.5));
        view.apply(noise);
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE, ViewEvents.NOISE));
        view.apply(clean);

        assertThat(view.measured()).containsExactly(clean, noise, measured(0.5));
    }

    @Test
    void hasFiguresOnceAConditionIsMeasuredAndNotWhereItFailed() {
        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE));
        view.apply(events.failed(10, true, ViewEvents.NOISE, "no"));
        assertThat(view.hasFigures()).isFalse();

        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        assertThat(view.hasFigures()).isTrue();
    }
}
