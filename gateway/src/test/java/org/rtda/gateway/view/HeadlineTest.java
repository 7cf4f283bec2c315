package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.settings.Condition;

/** The n-th figure of a hand-made evaluation is 0.95 - 0.002 n; a condition has eleven, and balanced accuracy is its third. */
class HeadlineTest {
    private final HandMadeEvaluation evaluation = new HandMadeEvaluation("malignant", "made by hand");

    private Headline headline() {
        return evaluation.views.document("exp-1").orElseThrow().headline();
    }

    private static double balancedAccuracyOf(double condition) {
        return 0.95 - 0.002 * (11 * condition + 2);
    }

    @Test
    void theFewFiguresOfAFullEvaluationAreThoseOfItsConditions() {
        evaluation.withEveryKind().complete();
        Headline headline = headline();
        assertThat(headline.last()).isTrue();
        assertThat(headline.clean().value()).isCloseTo(balancedAccuracyOf(0), within(1e-9));
        assertThat(headline.attacked().of()).isEqualTo("pgd-l2-10@0.5");
        assertThat(headline.attacked().value()).isCloseTo(balancedAccuracyOf(2), within(1e-9));
        assertThat(headline.shifted().of()).isEqualTo("shift-other-scanner");
        assertThat(headline.shifted().value()).isCloseTo(balancedAccuracyOf(26), within(1e-9));
        assertThat(headline.subgroup()).isNull();
    }

    /** AugMix changes brightness in training, so the mean is over the noise and JPEG, conditions 10 to 19. */
    @Test
    void theMeanOverCorruptionsIsOverThoseThatTrainingDoesNotUse() {
        evaluation.withEveryKind().complete();
        assertThat(headline().corrupted().of()).isEqualTo("10 conditions");
        assertThat(headline().corrupted().value()).isCloseTo(balancedAccuracyOf(14.5), within(1e-9));
        assertThat(headline().corrupted().low()).isCloseTo(balancedAccuracyOf(14.5) - 0.045, within(1e-9));
    }

    @Test
    void aFailedGateIsNamedAndMarksTheFiguresThatItConcerns() {
        evaluation.withEveryKind().complete();
        evaluation.gate("attack-has-converged", Outcome.FAILED, List.of("pgd-l2-10@0.5"), "0.9 against 0.4");
        evaluation.gate("noise-hurts-less", Outcome.PASSED, List.of(), "0.9 against 0.4");
        assertThat(headline().failedGates()).containsExactly("attack-has-converged");
        assertThat(headline().passedGates()).isOne();
        assertThat(headline().attacked().failedGates()).containsExactly("attack-has-converged");
        assertThat(headline().clean().failedGates()).isEmpty();
    }

    @Test
    void aFailedGateThatNamesNoConditionMarksEveryFigure() {
        evaluation.withEveryKind().complete();
        evaluation.gate("attack-replays-equal", Outcome.FAILED, List.of(), "3 of 8 images differ");
        assertThat(headline().clean().failedGates()).containsExactly("attack-replays-equal");
        assertThat(headline().attacked().failedGates()).containsExactly("attack-replays-equal");
    }

    /** The set that is not measured yet may be the worse one. */
    @Test
    void theWorstShiftIsToldOnceAllAreMeasured() {
        Condition scanner = Condition.shift("shift-other-scanner");
        Condition hospital = Condition.shift("shift-other-hospital");
        evaluation.model.apply(evaluation.events.planned(10, true, scanner, hospital));
        evaluation.model.apply(evaluation.events.measured(10, true, scanner, 0.7));
        assertThat(headline().shifted()).isNull();
        evaluation.model.apply(evaluation.events.measured(10, true, hospital, 0.6));
        assertThat(headline().shifted().of()).isEqualTo("shift-other-hospital");
        assertThat(headline().shifted().value()).isEqualTo(0.6);
    }

    @Test
    void theWorstSubgroupIsTheLowestThatIsNotSmall() {
        evaluation.measureBySubgroup(
                ViewEvents.CLEAN,
                List.of(ViewEvents.figure(FigureNames.BALANCED_ACCURACY, 0.8)),
                subgroup("north", 0.7, false),
                subgroup("south", 0.6, false),
                subgroup("west", 0.1, true));
        assertThat(headline().subgroup().of()).isEqualTo("site south");
        assertThat(headline().subgroup().value()).isEqualTo(0.6);
    }

    private static RobustnessMetric.Subgroup subgroup(String value, double accuracy, boolean small) {
        return new RobustnessMetric.Subgroup(
                "site",
                value,
                List.of(20, 20),
                small,
                List.of(ViewEvents.figure(FigureNames.BALANCED_ACCURACY, accuracy)));
    }

    @Test
    void aQuickEvaluationStandsInUntilTheFinalOneHasAFigure() {
        evaluation.model.apply(evaluation.events.planned(9, false, ViewEvents.CLEAN));
        evaluation.model.apply(evaluation.events.measured(9, false, ViewEvents.CLEAN, 0.7));
        assertThat(headline().last()).isFalse();
        assertThat(headline().epoch()).isEqualTo(9);
        evaluation.measure(ViewEvents.CLEAN, null, null);
        assertThat(headline().last()).isTrue();
    }

    @Test
    void anExperimentWithoutAFigureHasNone() {
        assertThat(headline()).isNull();
    }
}
