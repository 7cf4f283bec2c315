package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.evaluator.gates.GateVerdict;

class CompletionFoldTest {
    private static final int PARTITION = 3;
    private static final Condition CLEAN = Condition.clean("val");
    private static final Condition NOISE = Condition.corruption("gaussian-noise", 3, "val");
    private static final CheckpointSaved CHECKPOINT = EvaluatorFixtures.checkpoint(2, false, EvaluatorFixtures.spec());
    private static final String EVALUATION = EvaluationIds.evaluation(CHECKPOINT);

    private final CancelledEvaluations cancelled = new CancelledEvaluations();
    private final CompletionFold fold = new CompletionFold(cancelled);
    private long offset;

    private static RobustnessMetric planned() {
        return new EvaluationPlan(CHECKPOINT, EVALUATION, "quick", 4, List.of(CLEAN, NOISE))
                .planned(EvaluatorFixtures.NOW);
    }

    private static RobustnessMetric measured(Condition condition) {
        return new RobustnessMetric.Measured(
                EvaluationIds.result(EVALUATION, condition),
                EvaluatorFixtures.NOW,
                1,
                "exp",
                EVALUATION,
                2,
                false,
                condition,
                List.of(),
                null,
                null);
    }

    private static RobustnessMetric failed(Condition condition) {
        return EvaluatorFixtures.failed(EVALUATION, condition);
    }

    private List<RobustnessMetric.Completed> apply(RobustnessMetric... metrics) {
        List<RobustnessMetric.Completed> complete = new ArrayList<>();
        for (RobustnessMetric metric : metrics) {
            fold.apply(PARTITION, offset++, Optional.of(metric))
                    .ended()
                    .forEach(ended -> complete.add(ended.completed(EvaluatorFixtures.NOW)));
        }
        return complete;
    }

    private void assigned(long end) {
        fold.assigned(PARTITION, new OffsetRange(0, end));
        offset = 0;
    }

    @Test
    void theLastAnswerCompletesTheEvaluation() {
        assigned(0);

        assertThat(apply(planned(), measured(CLEAN))).isEmpty();
        assertThat(apply(failed(NOISE))).singleElement().satisfies(completed -> {
            assertThat(completed.id()).isEqualTo("exp/epoch-00002/completed");
            assertThat(completed.evaluationId()).isEqualTo("exp/epoch-00002");
            assertThat(completed.measured()).isEqualTo(1);
            assertThat(completed.failed()).isEqualTo(1);
        });
    }

    @Test
    void answersMayComeBeforeThePlan() {
        assigned(0);

        assertThat(apply(measured(CLEAN), measured(NOISE))).isEmpty();
        assertThat(apply(planned())).hasSize(1);
    }

    @Test
    void duplicatesNeitherCompleteNorAnnounceTwice() {
        assigned(0);

        assertThat(apply(planned(), planned(), measured(CLEAN), measured(CLEAN)))
                .isEmpty();
        assertThat(apply(measured(NOISE), failed(NOISE), planned(), measured(CLEAN)))
                .singleElement()
                .satisfies(completed -> assertThat(completed.failed()).isZero());
    }

    @Test
    void whileRebuildingNothingIsAnnouncedThatTheLogHolds() {
        assigned(0);
        RobustnessMetric completed =
                apply(planned(), measured(CLEAN), measured(NOISE)).get(0);
        fold.revoked(PARTITION);

        assigned(4);
        assertThat(apply(planned(), measured(CLEAN), measured(NOISE), completed))
                .isEmpty();
        assertThat(apply(measured(NOISE))).isEmpty();
    }

    @Test
    void anEvaluationThatItsOwnerLeftCompleteButUnannouncedIsAnnouncedByTheNext() {
        assigned(3);

        assertThat(apply(planned(), measured(CLEAN))).isEmpty();
        assertThat(apply(measured(NOISE))).hasSize(1);
    }

    @Test
    void gatesWithoutAnEndAreOfAnOwnerThatDiedAndTheNextAnnounces() {
        RobustnessMetric.Gate gate = new EndedEvaluation((RobustnessMetric.Planned) planned(), List.of())
                .gate("gradients-are-there", GateVerdict.notJudged("not measured"), EvaluatorFixtures.NOW);
        assigned(4);

        assertThat(apply(planned(), measured(CLEAN), measured(NOISE))).isEmpty();
        assertThat(apply(gate)).hasSize(1);
    }

    @Test
    void answersAreHandedOnInTheOrderOfThePlan() {
        assigned(0);
        apply(planned(), failed(NOISE));
        List<EndedEvaluation> ended =
                fold.apply(PARTITION, offset, Optional.of(measured(CLEAN))).ended();

        assertThat(ended).singleElement().satisfies(e -> assertThat(e.answers())
                .extracting(RobustnessMetric::id)
                .containsExactly("exp/epoch-00002/clean/result", "exp/epoch-00002/gaussian-noise@3/result"));
    }

    @Test
    void theRebuildEndsAlsoWithARecordThatCannotBeRead() {
        assigned(4);

        assertThat(apply(planned(), measured(CLEAN), measured(NOISE))).isEmpty();
        assertThat(fold.apply(PARTITION, 3, Optional.empty()).ended()).hasSize(1);
    }

    private List<Condition> cancel() {
        cancelled.apply(EvaluatorFixtures.cancel("exp"));
        return conditions(fold.cancelled("exp"));
    }

    private static List<Condition> conditions(List<UnansweredEvaluation> evaluations) {
        return evaluations.stream().flatMap(e -> e.conditions().stream()).toList();
    }

    @Test
    void whatNobodyHasAnsweredOfACancelledEvaluationIsHandedOutOnceAndItsAnswersCompleteIt() {
        assigned(0);
        apply(planned(), measured(CLEAN));

        assertThat(cancel()).containsExactly(NOISE);
        assertThat(cancel()).as("cancelled twice").isEmpty();
        RobustnessMetric.Failed answer = new UnansweredEvaluation((RobustnessMetric.Planned) planned(), List.of(NOISE))
                .cancelled(EvaluatorFixtures.NOW)
                .get(0);
        assertThat(answer.reason()).isEqualTo("cancelled");
        assertThat(apply(answer)).singleElement().satisfies(completed -> {
            assertThat(completed.measured()).isEqualTo(1);
            assertThat(completed.failed()).isEqualTo(1);
            assertThat(completed.cancelled()).isEqualTo(1);
        });
    }

    @Test
    void aPlanThatComesAfterItWasCancelledIsHandedOutAtOnce() {
        assigned(0);
        assertThat(cancel()).isEmpty();

        assertThat(conditions(fold.apply(PARTITION, 0, Optional.of(planned())).cancelled()))
                .containsExactly(CLEAN, NOISE);
        assertThat(fold.apply(PARTITION, 1, Optional.of(measured(CLEAN))).cancelled())
                .as("handed out before")
                .isEmpty();
    }

    @Test
    void aCancelledEvaluationThatItsOwnerLeftIsHandedOutByTheNextOnceItKnowsWhatWasAnswered() {
        assigned(2);
        fold.apply(PARTITION, 0, Optional.of(planned()));
        assertThat(cancel()).as("still behind").isEmpty();

        assertThat(conditions(
                        fold.apply(PARTITION, 1, Optional.of(measured(CLEAN))).cancelled()))
                .containsExactly(NOISE);
    }

    @Test
    void anotherExperimentsEvaluationsAndWhatIsCompleteAreNotCancelled() {
        assigned(0);
        apply(planned(), measured(CLEAN), measured(NOISE));
        assertThat(cancel()).as("complete").isEmpty();
        assertThat(fold.cancelled("other")).isEmpty();
    }

    @Test
    void recordsOfPartitionsThatAreOthersAreLeftOut() {
        assertThat(apply(planned(), measured(CLEAN), measured(NOISE))).isEmpty();

        assigned(0);
        assertThat(apply(measured(CLEAN))).isEmpty();
    }

    @Test
    void aPartitionThatComesBackBeginsAnew() {
        assigned(0);
        apply(planned(), measured(CLEAN));
        fold.revoked(PARTITION);
        assigned(0);

        assertThat(apply(measured(NOISE))).isEmpty();
    }
}
