package org.rtda.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.cli.benchmark.result.LabelledCondition;
import org.rtda.contracts.Subset;
import org.rtda.contracts.result.ResultRow;

class ResultTableTest {

    @Test
    void methodsStandSideBySideAndCorruptionsAreAveraged() {
        List<ResultRow> erm = List.of(
                row("erm", 1, "clean", "accuracy", 0.9, 0.8, 0.95).beside(0.5, "always class a"),
                row("erm", 1, "pgd-l2-10@0.5", "accuracy", 0.0, 0.0, 0.1).beside(0.5, "always class a"),
                row("erm", 1, "jpeg@1", "accuracy", 0.8, 0.7, 0.9).beside(0.5, "always class a"),
                row("erm", 1, "pixelate@5", "accuracy", 0.6, 0.5, 0.7).beside(0.5, "always class a"),
                row("erm", 1, "shift-other-scanner", "accuracy", 0.7, 0.6, 0.8).beside(0.75, "always class b"));
        List<ResultRow> rtda = List.of(
                row("rtda", 1, "clean", "accuracy", 0.85, 0.75, 0.9).beside(0.5, "always class a"),
                row("rtda", 1, "pgd-l2-10@0.5", "accuracy", 0.6, 0.5, 0.7).beside(0.625, "always class b"),
                row("rtda", 1, "jpeg@1", "accuracy", 0.8, 0.7, 0.9).beside(0.5, "always class a"),
                failed("rtda", "pixelate@5"),
                row("rtda", 1, "shift-other-scanner", "accuracy", 0.8, 0.7, 0.9).beside(0.75, "always class b"));

        assertThat(new ResultTable(List.of(erm, rtda), "accuracy", false).text())
                .isEqualTo("""
                        accuracy             erm                   rtda                           a constant answer
                        -------------------  --------------------  -----------------------------  -----------------
                        clean                0.900 [0.800, 0.950]  0.850 [0.750, 0.900]           0.500
                        pgd-l2-10@0.5        0.000 [0.000, 0.100]  0.600 [0.500, 0.700]           0.500, 0.625
                        shift-other-scanner  0.700 [0.600, 0.800]  0.800 [0.700, 0.900]           0.750
                        corruptions, mean    0.700 [0.600, 0.800]  0.800 [0.700, 0.900] (1 of 2)  0.500
                        [95% interval]; clean test images of each: n = 100, 100
                        a constant answer is the same for every image: always class a; or always class b
                        the mean's interval is the mean of the intervals: on the same images, so no narrower than it should be
                        pixelate@5 of exp-rtda: failed: no attacker""");
    }

    @Test
    void figuresOfASubsetSayOfHowManyImages() {
        ResultRow drawn = ResultRow.builder()
                .experiment("exp-erm")
                .dataset("busi")
                .method("erm")
                .seed(1)
                .condition("clean")
                .conditionDetails(LabelledCondition.of("clean"))
                .metric("accuracy")
                .value(0.9)
                .low(0.8)
                .high(0.95)
                .n(80)
                .failedGates(List.of())
                .subset(new Subset(80, 160))
                .build();

        assertThat(new ResultTable(List.of(List.of(drawn)), "accuracy", false).text())
                .contains("clean test images of each: n = 80 of 160, drawn by class");
    }

    @Test
    void everyCorruptionHasALineWhenAskedFor() {
        List<ResultRow> rows = List.of(
                row("erm", 1, "clean", "auroc", 0.9, 0.8, 0.95), row("erm", 1, "jpeg@1", "auroc", 0.8, 0.7, 0.9));

        assertThat(new ResultTable(List.of(rows), "auroc", true).text())
                .contains("\njpeg@1 ")
                .contains("\ncorruptions, mean ");
    }

    @Test
    void columnsOfOneMethodAreToldApartBySeed() {
        assertThat(new ResultTable(
                                List.of(
                                        List.of(row("rtda", 1, "clean", "accuracy", 0.9, 0.8, 0.95)),
                                        List.of(row("rtda", 2, "clean", "accuracy", 0.9, 0.8, 0.95))),
                                "accuracy",
                                false)
                        .text())
                .contains("rtda seed 1")
                .contains("rtda seed 2");
    }

    /** 95 of 100 images of one class: under balanced accuracy the constant answer scores one half, not its share. */
    @Test
    void theConstantAnswerIsScoredInTheFigureThatIsShown() {
        List<ResultRow> rows = List.of(
                row("erm", 1, "clean", "accuracy", 0.96, 0.9, 0.99).beside(0.95, "always class 0"),
                row("erm", 1, "clean", "majority-rate", 0.95, 0.9, 0.98),
                row("erm", 1, "clean", "balanced-accuracy", 0.671, 0.6, 0.7).beside(0.5, "always class 0"));

        assertThat(new ResultTable(List.of(rows), "balanced-accuracy", false).text())
                .startsWith("""
                        balanced-accuracy  erm                   a constant answer
                        -----------------  --------------------  -----------------
                        clean              0.671 [0.600, 0.700]  0.500
                        """)
                .doesNotContain("0.95");
    }

    @Test
    void aMeanCarriesTheFlagsOfItsParts() {
        List<ResultRow> rows = List.of(
                row("erm", 1, "clean", "accuracy", 0.9, 0.8, 0.95),
                flagged("jpeg@1", List.of("attack-replays-equal"), null),
                row("erm", 1, "jpeg@2", "accuracy", 0.4, 0.3, 0.5));

        assertThat(new ResultTable(List.of(rows), "accuracy", false).text())
                .contains("corruptions, mean  0.600 [0.500, 0.700] !")
                .contains("! fails a gate, so it does not stand: attack-replays-equal");
    }

    @Test
    void aFigureThatRestsOnAnAssumedHealthyClassIsMarked() {
        List<ResultRow> rows = List.of(flagged("clean", List.of(), true), flagged("jpeg@1", List.of(), true));

        assertThat(new ResultTable(List.of(rows), "accuracy", false).text())
                .contains("clean              0.800 [0.700, 0.900] ?")
                .contains("corruptions, mean  0.800 [0.700, 0.900] ?")
                .contains("? class 0 assumed healthy, for nobody said which class of phantom is");
        assertThat(new ResultTable(List.of(List.of(flagged("clean", List.of(), false))), "accuracy", false).text())
                .doesNotContain("assumed");
    }

    private static ResultRow flagged(String condition, List<String> failedGates, Boolean assumed) {
        return ResultRow.builder()
                .experiment("exp-erm")
                .dataset("phantom")
                .method("erm")
                .seed(1)
                .condition(condition)
                .conditionDetails(LabelledCondition.of(condition))
                .metric("accuracy")
                .value(0.8)
                .low(0.7)
                .high(0.9)
                .n(100)
                .evaluation("exp-erm/epoch-00001")
                .failedGates(failedGates)
                .healthyClassAssumed(assumed)
                .build();
    }

    @Test
    void aProbeJudgesNoImagesAndHasNoLine() {
        List<ResultRow> rows = List.of(
                row("erm", 1, "clean", "accuracy", 0.9, 0.8, 0.95),
                row("erm", 1, "probe-gradients", "gradient-present", 1, 0.9, 1));

        assertThat(new ResultTable(List.of(rows), "accuracy", false).text())
                .contains("clean")
                .doesNotContain("probe-gradients");
    }

    private static ResultRow row(
            String method, long seed, String condition, String metric, double value, double low, double high) {
        return ResultRow.builder()
                .experiment("exp-" + method)
                .dataset("phantom")
                .method(method)
                .seed(seed)
                .condition(condition)
                .conditionDetails(LabelledCondition.of(condition))
                .metric(metric)
                .value(value)
                .low(low)
                .high(high)
                .n(100)
                .build();
    }

    private static ResultRow failed(String method, String condition) {
        return ResultRow.builder()
                .experiment("exp-" + method)
                .dataset("phantom")
                .method(method)
                .seed(1)
                .condition(condition)
                .conditionDetails(LabelledCondition.of(condition))
                .metric("accuracy")
                .n(0)
                .note("failed: no attacker")
                .build();
    }
}
