package org.rtda.evaluator.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.Proportions;
import org.rtda.evaluator.lifecycle.EvaluationPlan;

/** Of 1 x 8 x 8 images, so that unbounded is L2 8 and the reference L2 0.14434; 100 images unless said: one is 0.01. */
class EvaluationGatesTest {
    private static final int N = 100;
    private static final DatasetManifest DATA = EvaluatorFixtures.manifest("train", "val", "test");
    private static final String EVALUATION = "exp/epoch-00005";
    private static final double REFERENCE = AttackSettings.referenceEpsilon(1.0, "l2", 1, 8, 8);

    private final List<RobustnessMetric> answers = new ArrayList<>();
    private String method = "rtda";
    private boolean known = true;

    private static Condition pgd(double epsilon, int steps, int restarts) {
        return Condition.attack(
                AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(epsilon)
                        .steps(steps)
                        .randomStart(true)
                        .restarts(restarts)
                        .build(),
                "test");
    }

    private static Condition attack(String name) {
        return Condition.attack(AttackSettings.of(name, "l2", 0.5), "test");
    }

    private static Condition probe(String name) {
        return Condition.probe(name, "test");
    }

    private EvaluationGatesTest figures(Condition condition, Figure... figures) {
        answers.add(RobustnessMetric.Measured.builder()
                .id(EvaluationIds.result(EVALUATION, condition))
                .time(EvaluatorFixtures.NOW)
                .experimentId("exp")
                .evaluationId(EVALUATION)
                .epoch(5)
                .last(true)
                .condition(condition)
                .values(List.of(figures))
                .build());
        return this;
    }

    private EvaluationGatesTest accuracy(Condition condition, int right) {
        return figures(condition, Proportions.of("accuracy", right, N, null));
    }

    private EvaluationGatesTest failed(Condition condition, String reason) {
        answers.add(RobustnessMetric.Failed.builder()
                .id(EvaluationIds.result(EVALUATION, condition))
                .time(EvaluatorFixtures.NOW)
                .experimentId("exp")
                .evaluationId(EVALUATION)
                .epoch(5)
                .last(true)
                .condition(condition)
                .reason(reason)
                .build());
        return this;
    }

    private EndedConditions conditions(String suite) {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("dark-bright")
                .method(method)
                .network("resnet8")
                .epochs(5)
                .batchSize(2)
                .seed(7L)
                .lambda(12.0)
                .lookahead(0)
                .shards(1)
                .build();
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp",
                5,
                true,
                spec,
                new DatasetRef("dark-bright", EvaluatorFixtures.ref("datasets/dark-bright/manifest.json")),
                EvaluatorFixtures.model("exp"));
        List<Condition> planned = answers.stream()
                .map(a -> a instanceof RobustnessMetric.Measured m
                        ? m.condition()
                        : ((RobustnessMetric.Failed) a).condition())
                .toList();
        EndedEvaluation ended = new EndedEvaluation(
                new EvaluationPlan(checkpoint, EVALUATION, suite, 0, planned).planned(EvaluatorFixtures.NOW), answers);
        return new EndedConditions(
                ended,
                known ? Optional.of(checkpoint) : Optional.empty(),
                known ? Optional.of(DATA) : Optional.empty());
    }

    private GateVerdict judge(String gate) {
        return EvaluationGates.judge(gate, conditions("full"));
    }

    private void passes(String gate) {
        assertThat(judge(gate)).satisfies(verdict -> {
            assertThat(verdict.outcome()).as(verdict.finding()).isEqualTo(Outcome.PASSED);
            assertThat(verdict.concerns()).isEmpty();
        });
    }

    private void fails(String gate, String... concerns) {
        assertThat(judge(gate)).satisfies(verdict -> {
            assertThat(verdict.outcome()).as(verdict.finding()).isEqualTo(Outcome.FAILED);
            assertThat(verdict.concerns()).containsExactly(concerns);
        });
    }

    private void isNotJudged(String gate, String why) {
        GateVerdict verdict = judge(gate);
        assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_JUDGED);
        assertThat(verdict.finding()).contains(why);
    }

    private EvaluationGatesTest again() {
        answers.clear();
        return this;
    }

    @Test
    void everyKnownGateIsJudgedAndNoOther() {
        assertThat(EvaluationGates.names()).containsExactlyElementsOf(KnownNames.GATES);
    }

    @Test
    void moreStepsMayLeaveOneImageMoreThanFgsmAndNotTwo() {
        accuracy(attack("fgsm"), 30).accuracy(pgd(0.5, 10, 1), 31).accuracy(pgd(0.25, 10, 1), 90);
        passes("more-steps-are-not-weaker");

        again().accuracy(attack("fgsm"), 30).accuracy(pgd(0.5, 10, 1), 32).accuracy(pgd(0.5, 20, 1), 20);
        fails("more-steps-are-not-weaker", "pgd-l2-10@0.5");
        assertThat(judge("more-steps-are-not-weaker").finding())
                .contains("pgd-l2-10@0.5 0.3200 after fgsm-l2-1@0.5 0.3000");

        again().accuracy(attack("fgsm"), 30).accuracy(pgd(0.25, 10, 1), 90);
        isNotJudged("more-steps-are-not-weaker", "not both measured in one ball");
    }

    @Test
    void accuracyMayRiseByOneImageAboveTheLeastAtSmallerRadiiAndNotCreep() {
        accuracy(Condition.clean("test"), 90)
                .accuracy(pgd(1, 10, 1), 41)
                .accuracy(pgd(0.25, 10, 1), 91)
                .accuracy(pgd(0.5, 10, 1), 40);
        passes("accuracy-does-not-rise-with-epsilon");

        again().accuracy(pgd(0.25, 10, 1), 40).accuracy(pgd(0.5, 10, 1), 41).accuracy(pgd(1, 10, 1), 42);
        fails("accuracy-does-not-rise-with-epsilon", "pgd-l2-10@1");

        again().accuracy(Condition.clean("test"), 90).accuracy(attack("fgsm"), 95);
        isNotJudged("accuracy-does-not-rise-with-epsilon", "no two radii");
    }

    @Test
    void anUnboundedAttackMayLeaveOneImageInAHundred() {
        accuracy(pgd(8, 100, 1), 1).accuracy(pgd(0.5, 10, 1), 50);
        passes("unbounded-attack-succeeds");

        again().accuracy(pgd(8, 100, 1), 2).accuracy(pgd(0.5, 10, 1), 50).accuracy(Condition.clean("test"), 90);
        fails("unbounded-attack-succeeds", "pgd-l2-100@8", "pgd-l2-10@0.5");

        again().accuracy(pgd(7.9, 100, 1), 2);
        isNotJudged("unbounded-attack-succeeds", "no attack of unbounded size");
    }

    @Test
    void twiceTheStepsOrMoreStartsMayMoveTheAccuracyByOnePoint() {
        accuracy(pgd(0.5, 10, 1), 50).accuracy(pgd(0.5, 20, 1), 49).accuracy(pgd(0.5, 10, 5), 49);
        passes("attack-has-converged");

        again().accuracy(pgd(0.5, 10, 5), 48).accuracy(pgd(0.5, 10, 1), 50).accuracy(pgd(0.5, 20, 1), 49);
        fails("attack-has-converged", "pgd-l2-10@0.5");

        again().accuracy(pgd(0.5, 10, 1), 50).accuracy(attack("apgd-ce"), 49).accuracy(attack("apgd-margin"), 55);
        passes("attack-has-converged");

        again().accuracy(pgd(0.5, 10, 1), 50).accuracy(pgd(0.5, 20, 1), 50).accuracy(attack("apgd-margin"), 48);
        fails("attack-has-converged", "pgd-l2-10@0.5");

        again().accuracy(pgd(0.5, 10, 1), 50).accuracy(pgd(0.25, 20, 1), 40);
        isNotJudged("attack-has-converged", "not measured with more");
    }

    @Test
    void aBlackBoxMayWinByOneImageOverTheBestWithGradients() {
        Condition transfer = Condition.transfer(
                new SourceModel("exp-2", "resnet8", EvaluatorFixtures.ref("w")),
                pgd(0.5, 10, 1).attack(),
                "test");
        accuracy(attack("square"), 39)
                .accuracy(pgd(0.5, 10, 1), 45)
                .accuracy(attack("apgd-ce"), 40)
                .accuracy(transfer, 80);
        passes("black-box-does-not-win");

        again().accuracy(attack("square"), 60).accuracy(pgd(0.5, 10, 1), 45).accuracy(transfer, 43);
        fails("black-box-does-not-win", "pgd-l2-10@0.5");

        again().accuracy(attack("square"), 60).accuracy(attack("random-noise"), 80);
        isNotJudged("black-box-does-not-win", "no black-box and white-box attack");
    }

    @Test
    void noiseMayHurtOneImageMoreThanPgd() {
        accuracy(attack("random-noise"), 44).accuracy(pgd(0.5, 10, 1), 45);
        passes("noise-hurts-less");

        again().accuracy(attack("random-noise"), 44).accuracy(pgd(0.5, 10, 1), 46);
        fails("noise-hurts-less", "pgd-l2-10@0.5");
    }

    @Test
    void oneImageMayHaveNoGradient() {
        figures(probe("gradients"), Proportions.of("gradient-present", 99, 100, null))
                .accuracy(pgd(0.5, 10, 1), 50);
        passes("gradients-are-there");

        again().figures(probe("gradients"), Proportions.of("gradient-present", 98, 100, null))
                .accuracy(pgd(0.5, 10, 1), 50)
                .accuracy(Condition.clean("test"), 90);
        fails("gradients-are-there", "pgd-l2-10@0.5");

        again().failed(probe("gradients"), "attack-service did not answer");
        isNotJudged("gradients-are-there", "not looked at");
    }

    @Test
    void passesAndReplaysMustAgreeOnEveryImage() {
        figures(probe("forward-passes"), Proportions.of("forward-passes-agree", 100, 100, null))
                .figures(probe("attack-replay"), Proportions.of("attack-replays-agree", 100, 100, null));
        passes("forward-passes-agree");
        passes("attack-replays-equal");

        again().figures(probe("forward-passes"), Proportions.of("forward-passes-agree", 99, 100, null))
                .figures(probe("attack-replay"), Proportions.of("attack-replays-agree", 99, 100, null))
                .accuracy(pgd(0.5, 10, 1), 50);
        fails("forward-passes-agree", "probe-forward-passes", "probe-attack-replay", "pgd-l2-10@0.5");
        fails("attack-replays-equal", "pgd-l2-10@0.5");
    }

    @Test
    void outputsThatNearlyAllLookLikeProbabilitiesAreNoLogits() {
        figures(probe("logits"), Proportions.of("logits-unlike-probabilities", 2, 100, null));
        passes("logits-are-not-probabilities");

        again().figures(probe("logits"), Proportions.of("logits-unlike-probabilities", 1, 100, null))
                .accuracy(pgd(0.5, 10, 1), 50);
        fails("logits-are-not-probabilities", "pgd-l2-10@0.5");
    }

    @Test
    void anAnswerOutsideItsBoundsIsToldFromOtherFailures() {
        accuracy(pgd(0.5, 10, 1), 50)
                .failed(attack("apgd-ce"), EvaluatorFailure.ATTACK_UNANSWERED.sentence("exp/1", "PT1H"));
        passes("perturbations-are-within-bounds");

        again().accuracy(pgd(0.5, 10, 1), 50)
                .failed(attack("apgd-ce"), EvaluatorFailure.ATTACK_OUTSIDE_BALL.sentence("exp/1", "L2", 0.6, 0.5, 3))
                .failed(attack("fab"), EvaluatorFailure.ATTACK_OUTSIDE_RANGE.sentence("exp/2", 1.5f, 3));
        fails("perturbations-are-within-bounds", "apgd-ce-l2-100@0.5", "fab-l2-100@0.5");

        again().accuracy(Condition.clean("test"), 90);
        isNotJudged("perturbations-are-within-bounds", "no adversarial images");
    }

    /** Wilson's interval of 90 of 100 is [0.826, 0.945], of 70 [0.604, 0.781], of 75 [0.657, 0.825], of 76 [0.668, 0.833]. */
    @Test
    void anUndefendedModelMustFallClearlyAtTheReferenceStrength() {
        method = "erm";
        accuracy(Condition.clean("test"), 90)
                .accuracy(pgd(REFERENCE, 10, 1), 75)
                .accuracy(pgd(0.5, 10, 1), 0);
        passes("undefended-model-falls");

        again().accuracy(Condition.clean("test"), 90)
                .accuracy(pgd(REFERENCE, 10, 1), 76)
                .accuracy(pgd(0.5, 10, 1), 0);
        fails("undefended-model-falls", "pgd-l2-10@0.1443", "pgd-l2-10@0.5");

        again().accuracy(Condition.clean("test"), 90).accuracy(pgd(0.5, 10, 1), 0);
        isNotJudged("undefended-model-falls", "epsilon 0.1443");

        method = "rtda";
        isNotJudged("undefended-model-falls", "the method rtda");

        known = false;
        isNotJudged("undefended-model-falls", "cannot be read");
    }

    @Test
    void oneClassForAllIsSeenAndNamed() {
        figures(Condition.clean("test"), Proportions.of("most-predicted-rate", 99, 100, "class dark"));
        passes("not-one-class-for-all");

        again().figures(Condition.clean("test"), Proportions.of("most-predicted-rate", 100, 100, "class dark"));
        fails("not-one-class-for-all", "clean");
        assertThat(judge("not-one-class-for-all").finding())
                .contains("1.0000 of 100 clean images are given class dark");
    }

    @Test
    void aClassWithoutTestImagesIsNamed() {
        figures(Condition.clean("test"), Proportions.of("balanced-accuracy", 90, 100, null));
        passes("every-class-is-tested");

        figures(
                Condition.shift("shift-abroad"),
                Figure.undefined("balanced-accuracy", 100, "no images of class bright"));
        fails("every-class-is-tested", "shift-abroad");
        assertThat(judge("every-class-is-tested").finding()).contains("shift-abroad: no images of class bright");
    }

    @Test
    void aFullEvaluationGetsAWordOnEveryGateAndAnotherOnWhatCanBeJudged() {
        figures(
                        Condition.clean("test"),
                        Proportions.of("accuracy", 90, N, null),
                        Proportions.of("balanced-accuracy", 90, N, null),
                        Proportions.of("most-predicted-rate", 60, N, "class dark"))
                .accuracy(pgd(0.5, 10, 1), 40);

        assertThat(EvaluationGates.of(conditions("full"), EvaluatorFixtures.NOW))
                .extracting(RobustnessMetric.Gate::id)
                .containsExactlyElementsOf(KnownNames.GATES.stream()
                        .map(gate -> EVALUATION + "/" + gate + "/gate")
                        .toList());
        assertThat(EvaluationGates.of(conditions("standard"), EvaluatorFixtures.NOW))
                .extracting(RobustnessMetric.Gate::gate)
                .containsExactly(
                        "accuracy-does-not-rise-with-epsilon",
                        "perturbations-are-within-bounds",
                        "not-one-class-for-all",
                        "every-class-is-tested");
        assertThat(EvaluationGates.areJudged(conditions("quick").evaluation().planned()))
                .isFalse();
    }
}
