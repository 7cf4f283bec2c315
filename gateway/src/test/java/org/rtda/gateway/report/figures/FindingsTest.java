package org.rtda.gateway.report.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Failed;
import org.rtda.contracts.RobustnessMetric.Gate;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.view.ViewEvents;

/** A complete standard evaluation, and a full one of the same checkpoint that somebody has cancelled. */
class FindingsTest {
    private static final Condition CLEAN = ViewEvents.CLEAN;
    private static final Condition JPEG = Condition.corruption("jpeg", 3, "test");
    private static final Condition PIXELATE = Condition.corruption("pixelate", 3, "test");
    private static final Condition BLUR = Condition.corruption("gaussian-blur", 3, "test");
    private static final ViewEvents EVENTS = new ViewEvents("exp-1");

    private static ReportSource.Evaluation evaluation(
            String suite, List<Measured> measured, List<Failed> failed, Gate... gates) {
        return new ReportSource.Evaluation(
                suite, Optional.of(suite), List.of(), true, measured, failed, List.of(gates));
    }

    private static ReportSource.Evaluation standard(Gate... gates) {
        return evaluation(
                "standard",
                List.of(EVENTS.measured(10, true, CLEAN, 0.9)),
                List.of(EVENTS.cancelled(10, true, PIXELATE), EVENTS.failed(10, true, JPEG, "gone")),
                gates);
    }

    private static ReportSource.Evaluation full(Gate... gates) {
        return evaluation(
                "full",
                List.of(),
                List.of(
                        EVENTS.cancelled(10, true, CLEAN),
                        EVENTS.cancelled(10, true, JPEG),
                        EVENTS.failed(10, true, PIXELATE, "refused"),
                        EVENTS.cancelled(10, true, BLUR)),
                gates);
    }

    @Test
    void aConditionThatAnEvaluationMeasuredHasNotFailedThoughAnotherWasCancelled() {
        Findings findings = new Findings(List.of(standard(), full()));

        assertThat(findings.failed())
                .extracting(failed -> failed.condition().corruption() + " " + failed.reason())
                .as("once each, and what failed anywhere has failed")
                .containsExactlyInAnyOrder("jpeg gone", "pixelate refused", "gaussian-blur cancelled");
        assertThat(findings.cancelled()).isEqualTo(1);
    }

    @Test
    void aGateThatTwoEvaluationsJudgedCountsOnceAndFailsWhereOneSaysSo() {
        Findings findings = new Findings(List.of(
                standard(
                        EVENTS.gate(10, "attack-has-converged", Outcome.PASSED),
                        EVENTS.gate(10, "not-one-class-for-all", Outcome.FAILED, "clean"),
                        EVENTS.gate(10, "perturbations-are-within-bounds", Outcome.NOT_JUDGED)),
                full(
                        EVENTS.gate(10, "attack-has-converged", Outcome.NOT_JUDGED),
                        EVENTS.gate(10, "not-one-class-for-all", Outcome.FAILED, "clean", "jpeg-3"),
                        EVENTS.gate(10, "perturbations-are-within-bounds", Outcome.NOT_JUDGED))));

        assertThat(findings.gates())
                .extracting(gate -> gate.flag().name() + " " + gate.outcome() + " " + gate.concerns())
                .containsExactlyInAnyOrder(
                        "attack-has-converged PASSED []",
                        "not-one-class-for-all FAILED [clean, jpeg-3]",
                        "perturbations-are-within-bounds NOT_JUDGED []");
        assertThat(findings.flags(EVENTS.measured(10, true, CLEAN, 0.9))).hasSize(1);
    }
}
