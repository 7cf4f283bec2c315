package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.evaluator.gates.GateVerdict;

class PublishedMetricsTest {
    private static final Condition CLEAN = Condition.clean("val");
    private static final Condition NOISE = Condition.corruption("gaussian-noise", 3, "val");
    private static final CheckpointSaved CHECKPOINT = EvaluatorFixtures.checkpoint(2, false, EvaluatorFixtures.spec());
    private static final String EVALUATION = "exp/epoch-00002";

    private final PublishedMetrics published = new PublishedMetrics();

    private static RobustnessMetric.Planned planned() {
        return new EvaluationPlan(CHECKPOINT, EVALUATION, "quick", 4, List.of(CLEAN, NOISE))
                .planned(EvaluatorFixtures.NOW);
    }

    private static RobustnessMetric measured(Condition condition) {
        return RobustnessMetric.Measured.builder()
                .id(EvaluationIds.result(EVALUATION, condition))
                .time(EvaluatorFixtures.NOW)
                .experimentId("exp")
                .evaluationId(EVALUATION)
                .epoch(2)
                .last(false)
                .condition(condition)
                .values(List.of())
                .build();
    }

    private static RobustnessMetric failed(Condition condition) {
        return EvaluatorFixtures.failed(EVALUATION, condition);
    }

    private static RobustnessMetric completed() {
        return new EndedEvaluation(planned(), List.of()).completed(EvaluatorFixtures.NOW);
    }

    private void receive(RobustnessMetric... metrics) {
        for (RobustnessMetric metric : metrics) {
            published.received(metric);
        }
    }

    /** Receives all of them, and then looks at each as whoever is given it would. */
    private List<RobustnessMetric> ending(RobustnessMetric... metrics) {
        receive(metrics);
        List<RobustnessMetric> ending = new ArrayList<>();
        for (RobustnessMetric metric : metrics) {
            if (published.endedBy(metric).isPresent()) {
                ending.add(metric);
            }
        }
        return ending;
    }

    @Test
    void theLastAnswerEndsTheEvaluation() {
        receive(planned(), measured(CLEAN));
        assertThat(published.endedBy(measured(CLEAN))).isEmpty();
        receive(failed(NOISE));

        assertThat(published.endedBy(failed(NOISE))).hasValueSatisfying(ended -> {
            RobustnessMetric.Completed completed = ended.completed(EvaluatorFixtures.NOW);
            assertThat(completed.id()).isEqualTo("exp/epoch-00002/completed");
            assertThat(completed.evaluationId()).isEqualTo("exp/epoch-00002");
            assertThat(completed.measured()).isEqualTo(1);
            assertThat(completed.failed()).isEqualTo(1);
        });
    }

    @Test
    void oneRecordEndsItHoweverManyAreReadBeforeAnybodyLooks() {
        assertThat(ending(planned(), measured(CLEAN), measured(NOISE), failed(NOISE), failed(CLEAN)))
                .containsExactly(measured(NOISE));
    }

    @Test
    void aPlanThatComesAfterItsAnswersEndsIt() {
        assertThat(ending(measured(CLEAN), measured(NOISE), planned())).containsExactly(planned());
    }

    @Test
    void duplicatesEndNothingAndTheFirstAnswerCounts() {
        receive(planned(), planned(), measured(CLEAN), measured(CLEAN));
        assertThat(published.endedBy(measured(CLEAN))).isEmpty();
        receive(measured(NOISE), failed(NOISE), planned());

        assertThat(published.endedBy(failed(NOISE))).isEmpty();
        assertThat(published.endedBy(measured(NOISE))).hasValueSatisfying(ended -> assertThat(
                        ended.completed(EvaluatorFixtures.NOW).failed())
                .isZero());
    }

    @Test
    void whoIsGivenTheLastRecordAgainEndsItUntilTheEndIsThere() {
        receive(planned(), measured(CLEAN), measured(NOISE));
        assertThat(published.endedBy(measured(NOISE))).isPresent();
        RobustnessMetric.Gate gate = new EndedEvaluation(planned(), List.of())
                .gate("gradients-are-there", GateVerdict.notJudged("not measured"), EvaluatorFixtures.NOW);
        receive(gate);

        assertThat(published.endedBy(gate)).isEmpty();
        assertThat(published.endedBy(measured(NOISE)))
                .as("whoever published the gate died")
                .isPresent();
        receive(completed());
        assertThat(published.endedBy(measured(NOISE))).isEmpty();
    }

    @Test
    void answersAreHandedOnInTheOrderOfThePlan() {
        receive(planned(), failed(NOISE), measured(CLEAN));

        assertThat(published.endedBy(measured(CLEAN))).hasValueSatisfying(ended -> assertThat(ended.answers())
                .extracting(RobustnessMetric::id)
                .containsExactly("exp/epoch-00002/clean/result", "exp/epoch-00002/gaussian-noise@3/result"));
    }

    @Test
    void whatThisEvaluatorHasPublishedIsAnsweredAtOnceAndEndsItWhenItComesBack() {
        published.add(planned());
        published.add(measured(CLEAN));
        published.add(measured(NOISE));

        assertThat(published.isAnswered(EVALUATION, NOISE)).isTrue();
        assertThat(published.endedBy(measured(NOISE)))
                .as("another's answer may lie before")
                .isEmpty();
        assertThat(ending(planned(), measured(NOISE), measured(CLEAN))).containsExactly(measured(CLEAN));
    }

    @Test
    void answersAreRememberedAndOfACompleteEvaluationAllAreThere() {
        receive(failed(CLEAN));
        assertThat(published.isAnswered(EVALUATION, CLEAN)).isTrue();
        assertThat(published.isAnswered(EVALUATION, NOISE)).isFalse();
        assertThat(published.isAnswered("exp/epoch-00003", CLEAN)).isFalse();

        receive(completed());
        assertThat(published.isComplete(EVALUATION)).isTrue();
        assertThat(published.isAnswered(EVALUATION, NOISE)).isTrue();
    }

    @Test
    void anEvaluationIsOpenFromItsPlanToItsEnd() {
        receive(measured(CLEAN));
        assertThat(published.open(EVALUATION)).isEmpty();
        published.add(planned());
        assertThat(published.open(EVALUATION))
                .hasValueSatisfying(
                        open -> assertThat(open.conditions()).as("unanswered").containsExactly(NOISE));

        receive(completed(), planned());
        published.add(planned());
        assertThat(published.open(EVALUATION)).isEmpty();
    }

    @Test
    void theOpenEvaluationsOfAnExperimentAreItsOwn() {
        receive(planned(), measured(CLEAN));

        assertThat(published.openOf("exp")).singleElement().satisfies(open -> assertThat(open.conditions())
                .containsExactly(NOISE));
        assertThat(published.openOf("other")).isEmpty();
        receive(completed());
        assertThat(published.openOf("exp")).isEmpty();
    }
}
