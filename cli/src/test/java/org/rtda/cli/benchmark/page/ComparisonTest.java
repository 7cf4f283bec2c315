package org.rtda.cli.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.benchmark.result.CellResult;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.ConditionGates;
import org.rtda.cli.benchmark.result.FullResult;
import org.rtda.cli.benchmark.result.LabelledCondition;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.report.Chart;

/** Tables, tests and gates on figures small enough for paper and pencil. */
class ComparisonTest {
    private static final String PGD = "pgd-l2-10@0.5";

    /** @param figures condition, accuracy, condition, accuracy, ...; balanced accuracy is a tenth less */
    private Run run(String method, long seed, Object... figures) {
        List<ResultRow> rows = new ArrayList<>();
        for (int i = 0; i < figures.length; i += 2) {
            double value = (Double) figures[i + 1];
            rows.add(row(method, seed, (String) figures[i], "accuracy", value).beside(0.6, "always class a"));
            rows.add(row(method, seed, (String) figures[i], "balanced-accuracy", value - 0.1)
                    .beside(0.5, "always class a"));
        }
        return run(method, seed, rows, Map.of());
    }

    private static Run run(String method, long seed, List<ResultRow> rows, Map<String, CellResult.Outcomes> outcomes) {
        ExperimentSpec spec = EventCodec.mapper()
                .convertValue(
                        GridSets.json("{\"dataset\":\"d\",\"method\":\"rtda\",\"attack\":{\"epsilon\":0.5}}"),
                        ExperimentSpec.class);
        return new Run(
                new Cell("d", 0.5, method, seed, spec, "f"),
                new CellResult("exp-" + method + seed, "cpu", "", new CellResult.Training(10, 1, 0), rows, outcomes));
    }

    private static ResultRow row(String method, long seed, String condition, String metric, double value) {
        return ResultRow.builder()
                .experiment("exp-" + method + seed)
                .dataset("d")
                .method(method)
                .seed(seed)
                .condition(condition)
                .conditionDetails(LabelledCondition.of(condition))
                .metric(metric)
                .value(value)
                .low(value - 0.05)
                .high(value + 0.05)
                .n(10)
                .build();
    }

    private static CellResult.Outcomes outcomes(String right) {
        return new CellResult.Outcomes(right, "labels", 2);
    }

    private static Run run(String method, long seed, String right) {
        double accuracy = right.chars().filter(c -> c == '1').count() / (double) right.length();
        return run(
                method,
                seed,
                List.of(
                        row(method, seed, PGD, "accuracy", accuracy),
                        row(method, seed, PGD, "balanced-accuracy", accuracy)),
                Map.of(PGD, outcomes(right)));
    }

    private static Summary of(List<Summary> summaries, String method, String column) {
        return summaries.stream()
                .filter(s -> s.method().equals(method) && s.column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    /** .6, .7, .8: mean .7, Student's half width 4.30265 x .1 / sqrt(3) = .24841. */
    @Test
    void aFigureOfThreeSeedsIsTheirMeanWithStudentsInterval() {
        List<Run> three =
                List.of(run("erm", 1, "clean", 0.6), run("erm", 2, "clean", 0.8), run("erm", 3, "clean", 0.7));

        Summary summary = of(Summary.of("d", 0.5, three, Column.shown(three), "accuracy"), "erm", "clean");

        assertThat(summary.value()).isCloseTo(0.7, within(1e-12));
        assertThat(summary.low()).isCloseTo(0.45159, within(1e-5));
        assertThat(summary.high()).isCloseTo(0.94841, within(1e-5));
        assertThat(summary.deviation()).isCloseTo(0.1, within(1e-12));
        assertThat(summary.interval()).isEqualTo("seeds");
        assertThat(summary.seeds()).isEqualTo(3);
    }

    @Test
    void aFigureOfOneSeedHasItsRunsIntervalOverImages() {
        List<Run> one = List.of(run("erm", 1, "clean", 0.6));

        Summary summary = of(Summary.of("d", 0.5, one, Column.shown(one), "accuracy"), "erm", "clean");

        assertThat(summary.interval()).isEqualTo("images");
        assertThat(summary.low()).isCloseTo(0.55, within(1e-12));
        assertThat(summary.deviation()).isNull();
    }

    /** Three runs of 1 with [.95, 1.05] each: Student's interval would be [1, 1]. */
    @Test
    void seedsThatAgreeHaveTheirRunsIntervalOverImages() {
        List<Run> three =
                List.of(run("erm", 1, "clean", 1.0), run("erm", 2, "clean", 1.0), run("erm", 3, "clean", 1.0));

        Summary summary = of(Summary.of("d", 0.5, three, Column.shown(three), "accuracy"), "erm", "clean");

        assertThat(summary.value()).isEqualTo(1);
        assertThat(summary.interval()).isEqualTo("images");
        assertThat(summary.low()).isCloseTo(0.95, within(1e-12));
        assertThat(summary.high()).isCloseTo(1.05, within(1e-12));
        assertThat(summary.deviation()).isZero();
        assertThat(summary.seeds()).isEqualTo(3);
    }

    /**
     * Two seeds, all 30 images right with both: Tango's ends are 3.8415 / 33.8415 = .1135 away. Balanced accuracies are 1 with
     * .05 to both sides, so sqrt(.05^2 + .05^2) = .0707.
     */
    @Test
    void methodsThatAgreeOnEveryImageHaveADifferenceWithAWidth() {
        List<Run> methods = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            methods.add(run("rtda", seed, "1".repeat(30)));
            methods.add(run("erm", seed, "1".repeat(30)));
        }

        PairedTest test =
                PairedTest.of("d", 0.5, methods, Column.shown(methods)).get(0);

        assertThat(test.accuracy().mean()).isZero();
        assertThat(test.accuracy().low()).isCloseTo(-0.1135, within(1e-4));
        assertThat(test.accuracy().high()).isCloseTo(0.1135, within(1e-4));
        assertThat(test.balancedAccuracy().low()).isCloseTo(-0.0707, within(1e-4));
        assertThat(test.verdict()).isEqualTo("not shown");
    }

    /** jpeg .8 and .6, contrast .4: mean .6 of all, .7 held out. A run that lacks one has no mean. */
    @Test
    void corruptionsAreAveragedOverAllOrNotAtAll() {
        Run whole = run("erm", 1, "clean", 0.9, "jpeg@1", 0.8, "jpeg@2", 0.6, "contrast-down@1", 0.4, "shift-x", 0.7);
        Run lacking = run("erm", 2, "clean", 0.9, "jpeg@1", 0.8, "shift-x", 0.5);
        List<Run> both = List.of(whole, lacking);

        List<Column> columns = Column.shown(both);
        List<Summary> summaries = Summary.of("d", 0.5, both, columns, "accuracy");

        assertThat(columns)
                .extracting(Column::name)
                .containsExactly("clean", "corruptions, mean", "held-out corruptions, mean", "shift-x");
        assertThat(of(summaries, "erm", "corruptions, mean").value()).isCloseTo(0.6, within(1e-12));
        assertThat(of(summaries, "erm", "corruptions, mean").seeds()).isEqualTo(1);
        assertThat(of(summaries, "erm", "held-out corruptions, mean").value()).isCloseTo(0.7, within(1e-12));
        assertThat(of(summaries, "erm", "shift-x").value()).isCloseTo(0.6, within(1e-12));
        assertThat(of(summaries, "erm", "shift-x").seeds()).isEqualTo(2);
    }

    /**
     * Ten images. Seed 1: rtda alone right on 6, erm alone on none: 2 / 64. Seed 2: 5 against 1: 14 / 64. Twice their mean is
     * 16 / 64. augmix ties in seed 1 (p 1) and loses 0 to 8 in seed 2 (2 / 256): twice the mean is above 1. Holm: 16 / 64 x 2.
     */
    @Test
    void mcNemarIsMadeForEachSeedCombinedAndCorrected() {
        List<Run> methods = List.of(
                run("rtda", 1, "1111111100"),
                run("rtda", 2, "1111111100"),
                run("erm", 1, "0000001100"),
                run("erm", 2, "0000011110"),
                run("augmix", 1, "1111111100"),
                run("augmix", 2, "0000000000"));

        List<PairedTest> tests = PairedTest.of("d", 0.5, methods, Column.shown(methods));

        assertThat(tests).extracting(PairedTest::baseline).containsExactly("erm", "augmix");
        PairedTest erm = tests.get(0);
        assertThat(erm.ofSeeds().get(1L).pValue()).isCloseTo(2.0 / 64, within(1e-12));
        assertThat(erm.ofSeeds().get(2L).onlyFirst()).isEqualTo(5);
        assertThat(erm.ofSeeds().get(2L).onlySecond()).isEqualTo(1);
        assertThat(erm.combined()).isCloseTo(16.0 / 64, within(1e-12));
        assertThat(erm.combinedHolm()).isCloseTo(32.0 / 64, within(1e-12));
        assertThat(tests.get(1).combined()).isEqualTo(1);
        assertThat(erm.verdict()).isEqualTo("not shown");
        // .8 - .2 and .8 - .4: mean .5, deviation .1414, half width 12.7062 x .1414 / sqrt(2) = 1.27062
        assertThat(erm.accuracy().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(erm.accuracy().low()).isCloseTo(0.5 - 1.27062, within(1e-5));
    }

    @Test
    void aDifferenceIsCalledOneWhereImagesAndSeedsAgree() {
        String good = "1".repeat(20);
        List<Run> methods = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            methods.add(run("rtda", seed, good));
            methods.add(run("erm", seed, "0".repeat(10 + (int) seed) + "1".repeat(10 - (int) seed)));
        }

        PairedTest test =
                PairedTest.of("d", 0.5, methods, Column.shown(methods)).get(0);

        // 2 / 2^11, 2 / 2^12, 2 / 2^13: twice the mean is 4 / 3 x (4 + 2 + 1) / 2^13
        assertThat(test.combinedHolm()).isCloseTo(4.0 / 3 * 7 / 8192, within(1e-12));
        assertThat(test.verdict()).isEqualTo("rtda higher");
    }

    @Test
    void ofOneSeedTheVerdictSaysThatItIsAboutOneRunEach() {
        List<Run> methods = List.of(run("rtda", 1, "1".repeat(50)), run("erm", 1, "0".repeat(50)));

        PairedTest test =
                PairedTest.of("d", 0.5, methods, Column.shown(methods)).get(0);

        assertThat(test.combined()).isLessThan(1e-10);
        assertThat(test.accuracy().low()).isNull();
        assertThat(test.verdict()).isEqualTo("rtda higher in one run each");
    }

    @Test
    void aConstantIsNeverCalledRobust() {
        List<Run> methods = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            Run constant = run("rtda", seed, "1".repeat(30));
            methods.add(new Run(
                    constant.cell(),
                    new CellResult(
                            constant.result().experiment(),
                            "cpu",
                            "",
                            constant.result().training(),
                            constant.result().rows(),
                            Map.of(
                                    PGD,
                                    outcomes("1".repeat(30)),
                                    "clean",
                                    new CellResult.Outcomes("1100", "labels", 1)))));
            methods.add(run("erm", seed, "0".repeat(20 + (int) seed) + "1".repeat(10 - (int) seed)));
        }

        PairedTest test =
                PairedTest.of("d", 0.5, methods, Column.shown(methods)).get(0);

        assertThat(test.combinedHolm()).isLessThan(0.001);
        assertThat(test.accuracy().low()).isPositive();
        assertThat(test.verdict()).isEqualTo("not judged: a constant");
    }

    @Test
    void runsOnOtherImagesAreNotPaired() {
        Run other = run(
                "erm",
                1,
                List.of(row("erm", 1, PGD, "accuracy", 0.5)),
                Map.of(PGD, new CellResult.Outcomes("1100", "other labels", 2)));
        List<Run> methods = List.of(run("rtda", 1, "1111"), other);

        PairedTest test =
                PairedTest.of("d", 0.5, methods, Column.shown(methods)).get(0);

        assertThat(test.ofSeeds()).isEmpty();
        assertThat(test.combined()).isNull();
        assertThat(test.accuracy().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(test.balancedAccuracy().mean()).isNull();
        assertThat(test.verdict()).isEqualTo("not tested on images");
    }

    @Test
    void withoutRtdaThereIsNothingToTest() {
        List<Run> methods = List.of(run("erm", 1, "1100"), run("augmix", 1, "1100"));
        assertThat(PairedTest.of("d", 0.5, methods, Column.shown(methods))).isEmpty();
    }

    /** Both draws have one image of each class in the same order, but they are not the same images. */
    @Test
    void outcomesOfTwoDrawsFromASortedSplitAreNotOfTheSameImages() {
        assertThat(labelsOf(List.of(0, 3))).isNotEqualTo(labelsOf(List.of(1, 3)));
        assertThat(labelsOf(List.of(0, 3))).isEqualTo(labelsOf(List.of(0, 3)));
        assertThat(labelsOf(List.of(0, 1))).as("the first images").isEqualTo(labelsOf(null));
    }

    private static String labelsOf(List<Integer> indices) {
        return CellResult.Outcomes.of(new Predictions(
                        1,
                        "exp",
                        "e",
                        Condition.clean("test"),
                        List.of("a", "b"),
                        List.of(0, 1),
                        List.of(0, 0),
                        List.of(List.of(), List.of()),
                        indices))
                .labels();
    }

    @Test
    void outcomesSayWhichImagesAreRightAndHowManyClassesWereNamed() {
        CellResult.Outcomes outcomes = CellResult.Outcomes.of(new Predictions(
                1,
                "exp",
                "e",
                Condition.clean("test"),
                List.of("a", "b"),
                List.of(0, 1, 1),
                List.of(0, 0, 0),
                List.of(List.of(), List.of(), List.of())));
        assertThat(outcomes.right()).isEqualTo("100");
        assertThat(outcomes.areRight()).containsExactly(true, false, false);
        assertThat(outcomes.predictedClasses()).isEqualTo(1);
    }

    @Test
    void aConstantIsFlaggedAndAccuracyThatRisesIsLeftToTheEvaluator() {
        Run constant = run(
                "rtda",
                1,
                List.of(
                        row("rtda", 1, "clean", "accuracy", 0.65),
                        row("rtda", 1, "pgd-l2-10@0.5", "accuracy", 0.5),
                        row("rtda", 1, "pgd-l2-10@1", "accuracy", 0.6)),
                Map.of("clean", new CellResult.Outcomes("1100", "labels", 1)));

        assertThat(ConditionGates.failedBy(constant))
                .containsExactly("names the same class for every clean image: its figures are those of a constant");
    }

    @Test
    void plainTrainingThatDoesNotFallMakesTheAttackSuspect() {
        assertThat(ConditionGates.failedBy(run("erm", 1, "clean", 0.8, "pgd-l2-10@0.5", 0.8)))
                .containsExactly("the undefended model does not fall under pgd-l2-10 at 0.5: the attack is too weak to"
                        + " judge others by");
        assertThat(ConditionGates.failedBy(run("erm", 1, "clean", 0.8, "pgd-l2-10@0.5", 0.1)))
                .isEmpty();
    }

    @Test
    void gatesThatTheFullSuiteFoundFailedCount() {
        Run run = run("rtda", 1, "clean", 0.8);
        FullResult full = new FullResult(
                "exp-rtda1",
                "e",
                List.of(row("rtda", 1, "aa-binary-l2@0.5", "accuracy", 0.5).toBuilder()
                        .value(null)
                        .note("no worker answered")
                        .build()),
                List.of(
                        new Evaluation.Gate("steps", "PASSED", List.of(), "fine"),
                        new Evaluation.Gate("black-box", "FAILED", List.of(PGD), "square wins")));

        assertThat(ConditionGates.failedBy(new Run(run.cell(), run.result(), Optional.of(full))))
                .containsExactly(
                        "full evaluation: black-box: square wins (concerns pgd-l2-10@0.5)",
                        "full evaluation: aa-binary-l2@0.5 could not be measured (no worker answered)");
    }

    /** As earlier builds left them: without what a constant answer scores; the share of the commonest class is a figure. */
    @Test
    void aConstantAnswerHasAScoreWhereOldRowsDoNotSayIt() {
        Run old = run(
                "erm",
                1,
                List.of(
                        row("erm", 1, "clean", "accuracy", 0.8),
                        row("erm", 1, "clean", "balanced-accuracy", 0.7),
                        row("erm", 1, "clean", "majority-rate", 0.65)),
                Map.of());
        ResultsDocument.Dataset set = ResultsDocument.Dataset.of(
                GridSets.grid(List.of(1L), "{\"batchSize\":4}").datasets().get(0));
        BenchmarkReport.Comparison comparison = BenchmarkReport.Comparison.of(set, 0.5, List.of(old));

        assertThat(ComparisonWords.constant(comparison, Column.clean(), "accuracy"))
                .isEqualTo("0.650");
        assertThat(ComparisonWords.constant(comparison, Column.clean(), "balanced-accuracy"))
                .isEqualTo("0.500");
    }

    @Test
    void whatIsRoundedToZeroHasNoSign() {
        assertThat(ComparisonWords.signed(-0.0004)).isEqualTo("0.000");
        assertThat(ComparisonWords.signed(0.0)).isEqualTo("0.000");
        assertThat(ComparisonWords.signed(-0.0006)).isEqualTo("-0.001");
        assertThat(ComparisonWords.signed(0.0006)).isEqualTo("+0.001");
        assertThat(ComparisonWords.number(-0.0004)).isEqualTo("0.000");
    }

    @Test
    void anAxisSpansTheTenthsAroundItsPointsWithinZeroAndOne() {
        assertThat(tenths(0.77, 0.69)).isEqualTo(new Chart.Range(0.6, 0.8));
        assertThat(tenths(0.69, 0.79)).isEqualTo(new Chart.Range(0.6, 0.9));
        assertThat(tenths(1)).isEqualTo(new Chart.Range(0.8, 1));
        assertThat(tenths(0)).isEqualTo(new Chart.Range(0, 0.2));
        assertThat(tenths()).isEqualTo(new Chart.Range(0, 1));
    }

    private static Chart.Range tenths(double... values) {
        return TradeOffCharts.tenths(
                DoubleStream.of(values).mapToObj(y -> Chart.Point.bare(0, y)).toList(), Chart.Point::y);
    }
}
