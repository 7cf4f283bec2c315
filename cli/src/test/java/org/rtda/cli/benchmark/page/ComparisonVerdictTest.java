package org.rtda.cli.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.CellResult;
import org.rtda.cli.benchmark.result.LabelledCondition;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.result.ResultRow;

/** Sentences on outcomes small enough for paper and pencil. */
class ComparisonVerdictTest {
    private static final String PGD = "pgd-l2-10@0.5";
    private static final List<String> METHODS = List.of("rtda", "erm", "trades");

    private static final ExperimentSpec SPEC = EventCodec.mapper()
            .convertValue(
                    GridSets.json("{\"dataset\":\"busi-28\",\"method\":\"rtda\",\"attack\":{\"epsilon\":0.5}}"),
                    ExperimentSpec.class);

    /** @param right under the attack, image by image; balanced accuracy is the accuracy */
    private static Run run(String method, long seed, String right) {
        return run(method, seed, right, 2);
    }

    private static Run run(String method, long seed, String right, int cleanClasses) {
        double accuracy = right.chars().filter(c -> c == '1').count() / (double) right.length();
        List<ResultRow> rows = new ArrayList<>();
        for (String metric : List.of("accuracy", "balanced-accuracy")) {
            rows.add(ResultRow.builder()
                    .experiment("exp-" + method + seed)
                    .dataset("busi-28")
                    .method(method)
                    .seed(seed)
                    .condition(PGD)
                    .conditionDetails(LabelledCondition.of(PGD))
                    .metric(metric)
                    .value(accuracy)
                    .low(accuracy - 0.05)
                    .high(accuracy + 0.05)
                    .n(right.length())
                    .build());
        }
        return new Run(
                new Cell("busi-28", 0.5, method, seed, SPEC, "f"),
                new CellResult(
                        "exp-" + method + seed,
                        "cpu",
                        "",
                        new CellResult.Training(10, 1, 0),
                        rows,
                        Map.of(
                                PGD,
                                new CellResult.Outcomes(right, "labels", 2),
                                "clean",
                                new CellResult.Outcomes("10", "labels", cleanClasses))));
    }

    private static String robustness(Run... runs) {
        return ComparisonVerdict.of(comparison(runs), METHODS).stream()
                .filter(verdict -> verdict.question().equals("Robustness"))
                .map(ComparisonVerdict::sentence)
                .findFirst()
                .orElse("");
    }

    private static String right(int count, int of) {
        return "1".repeat(count) + "0".repeat(of - count);
    }

    /**
     * Of 20 images rtda has all right. erm has 10, 9, 8: differences .5, .55, .6, mean .55, deviation .05, half width
     * 4.30265 x .05 / sqrt(3) = .1242; McNemar's p are 2 / 2^10, 2 / 2^11, 2 / 2^12. trades has all right, too: Tango's ends
     * are 3.8415 / 23.8415 = .1611 away.
     */
    @Test
    void overSeedsADifferenceIsShownWhereImagesAndSeedsAgree() {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            runs.add(run("rtda", seed, right(20, 20)));
            runs.add(run("erm", seed, right(11 - seed, 20)));
            runs.add(run("trades", seed, right(20, 20)));
        }

        assertThat(robustness(runs.toArray(Run[]::new)))
                .isEqualTo("Rtda is shown to be more robust than erm; no difference is shown from trades.");
        assertThat(tests(runs.toArray(Run[]::new)))
                .containsExactly(
                        "erm +0.550 [+0.426, +0.674] (3), balanced +0.550 [+0.426, +0.674]: rtda higher",
                        "trades 0.000 [-0.161, +0.161] (3), balanced 0.000 [-0.071, +0.071]: not shown");
    }

    private static List<String> tests(Run... runs) {
        return comparison(runs).tests().stream()
                .map(test -> test.baseline() + " " + ComparisonWords.verdict(test))
                .toList();
    }

    private static Comparison comparison(Run... runs) {
        ResultsDocument.Dataset set = ResultsDocument.Dataset.of(
                GridSets.grid(List.of(1L), "{\"batchSize\":4}").datasets().get(0));
        return Comparison.of(set, 0.5, List.of(runs));
    }

    /** erm alone is right on 12 of 20 images: p 2 / 2^12, so Tango's interval leaves out 0. */
    @Test
    void ofOneRunEachTheSentenceSaysSo() {
        assertThat(robustness(run("rtda", 1, right(8, 20)), run("erm", 1, right(20, 20))))
                .isEqualTo("In one run each, rtda is less robust than erm. Not measured: trades.");
        assertThat(tests(run("rtda", 1, right(8, 20)), run("erm", 1, right(20, 20))))
                .singleElement()
                .asString()
                .startsWith("erm -0.600 [-0.")
                .endsWith("] (1), balanced -0.600: rtda lower in one run each");
    }

    /** 3 images of 20 apart: p is 2 / 2^3. */
    @Test
    void ofOneRunEachChanceIsNoDifference() {
        assertThat(robustness(run("rtda", 1, right(20, 20)), run("erm", 1, right(17, 20))))
                .isEqualTo("In one run each, no difference is shown from erm. Not measured: trades.");
    }

    /** Five of 156 images are 3.2 points: p is 2 / 2^5, above 0.05 also without a correction. */
    @Test
    void threePointsOnASmallTestSetAreNoDifference() {
        assertThat(tests(run("rtda", 1, right(156, 156)), run("erm", 1, right(151, 156))))
                .singleElement()
                .asString()
                .startsWith("erm +0.032 [")
                .endsWith("not shown");
    }

    /** erm is alone right on 12 of 20 images at 0.5; at 0.25 and on clean images both are right on all. */
    @Test
    void everyAttackOfTheTablesHasItsVerdict() {
        List<Run> runs = List.of(run("rtda", 1, right(8, 20)), run("erm", 1, right(20, 20)));
        List<Run> wider = runs.stream()
                .map(run -> {
                    List<ResultRow> rows = new ArrayList<>(run.result().rows());
                    run.result()
                            .rows()
                            .forEach(row -> rows.add(row.toBuilder()
                                    .condition("pgd-l2-10@0.25")
                                    .conditionDetails(LabelledCondition.of("pgd-l2-10@0.25"))
                                    .value(1.0)
                                    .low(0.9)
                                    .high(1.0)
                                    .build()));
                    Map<String, CellResult.Outcomes> outcomes =
                            new java.util.HashMap<>(run.result().outcomes());
                    outcomes.put("pgd-l2-10@0.25", new CellResult.Outcomes(right(20, 20), "labels", 2));
                    return run.with(new CellResult(
                            run.result().experiment(), "cpu", "", run.result().training(), rows, outcomes));
                })
                .toList();

        assertThat(ComparisonVerdict.of(comparison(wider.toArray(Run[]::new)), List.of("rtda", "erm")))
                .extracting(verdict -> verdict.question() + ", " + verdict.condition() + ": " + verdict.sentence())
                .containsExactlyInAnyOrder(
                        "Robustness, pgd-l2-10@0.5: In one run each, rtda is less robust than erm.",
                        "Robustness, pgd-l2-10@0.25: In one run each, no difference is shown from erm.");
    }

    @Test
    void aConstantIsNotJudged() {
        assertThat(robustness(run("rtda", 1, right(20, 20), 1), run("erm", 1, right(0, 20))))
                .contains("not judged against erm", "since one of the models names one class for every image")
                .doesNotContain("more robust");
    }

    @Test
    void withoutRtdaNothingIsSaid() {
        assertThat(robustness(run("erm", 1, right(17, 20)))).isEmpty();
    }
}
