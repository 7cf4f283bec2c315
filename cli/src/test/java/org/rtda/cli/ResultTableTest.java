package org.rtda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.cli.rest.ResultRow;
import org.rtda.contracts.Subset;

class ResultTableTest {

    @Test
    void methodsStandSideBySideAndCorruptionsAreAveraged() {
        List<ResultRow> erm = List.of(
                row("erm", 1, "clean", "accuracy", 0.9, 0.8, 0.95),
                row("erm", 1, "clean", "majority-rate", 0.5, 0.4, 0.6),
                row("erm", 1, "pgd-l2-10@0.5", "accuracy", 0.0, 0.0, 0.1),
                row("erm", 1, "jpeg@1", "accuracy", 0.8, 0.7, 0.9),
                row("erm", 1, "pixelate@5", "accuracy", 0.6, 0.5, 0.7),
                row("erm", 1, "shift-other-scanner", "accuracy", 0.7, 0.6, 0.8));
        List<ResultRow> rtda = List.of(
                row("rtda", 1, "clean", "accuracy", 0.85, 0.75, 0.9),
                row("rtda", 1, "pgd-l2-10@0.5", "accuracy", 0.6, 0.5, 0.7),
                row("rtda", 1, "jpeg@1", "accuracy", 0.8, 0.7, 0.9),
                failed("rtda", "pixelate@5"),
                row("rtda", 1, "shift-other-scanner", "accuracy", 0.8, 0.7, 0.9));

        assertThat(new ResultTable(List.of(erm, rtda), "accuracy", false).text())
                .isEqualTo("""
                        accuracy                    erm                   rtda
                        --------------------------  --------------------  -----------------------------
                        clean                       0.900 [0.800, 0.950]  0.850 [0.750, 0.900]
                        pgd-l2-10@0.5               0.000 [0.000, 0.100]  0.600 [0.500, 0.700]
                        shift-other-scanner         0.700 [0.600, 0.800]  0.800 [0.700, 0.900]
                        corruptions, mean           0.700 [0.600, 0.800]  0.800 [0.700, 0.900] (1 of 2)
                        always the commonest class  0.500 [0.400, 0.600]
                        [95% interval]; clean test images of each: n = 100, 100
                        the mean's interval is the mean of the intervals: on the same images, so no narrower than it should be
                        pixelate@5 of exp-rtda: failed: no attacker""");
    }

    @Test
    void figuresOfASubsetSayOfHowManyImages() {
        ResultRow drawn = new ResultRow(
                "exp-erm",
                "busi",
                "erm",
                1,
                "clean",
                "accuracy",
                0.9,
                0.8,
                0.95,
                80,
                null,
                null,
                List.of(),
                new Subset(80, 160));

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
        return new ResultRow("exp-" + method, "phantom", method, seed, condition, metric, value, low, high, 100, null);
    }

    private static ResultRow failed(String method, String condition) {
        return new ResultRow(
                "exp-" + method,
                "phantom",
                method,
                1,
                condition,
                "accuracy",
                null,
                null,
                null,
                0,
                "failed: no attacker");
    }
}
