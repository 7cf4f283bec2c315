package org.rtda.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.result.SubgroupRow;

class SubgroupTableTest {

    private static SubgroupRow row(String value, List<Integer> counts, String images, Double figure, boolean worst) {
        boolean small = counts.stream().anyMatch(count -> count < 10);
        return SubgroupRow.builder()
                .experiment("exp-1")
                .attribute("sex")
                .subgroup(value)
                .classCounts(counts)
                .small(small)
                .images(images)
                .conditions(images.equals("clean") ? List.of("clean") : List.of("jpeg@3", "pixelate@3"))
                .metric("balanced-accuracy")
                .value(figure)
                .low(figure == null ? null : figure - 0.1)
                .high(figure == null ? null : figure + 0.1)
                .n(counts.stream().mapToInt(Integer::intValue).sum())
                .note(figure == null ? "no images of class 1 in this subgroup" : null)
                .whole(0.75)
                .difference(figure == null ? null : figure - 0.75)
                .differenceLow(figure == null ? null : figure - 0.875)
                .differenceHigh(figure == null ? null : figure - 0.625)
                .worst(worst)
                .failedGates(images.equals("clean") ? List.of() : List.of("noise-hurts-less"))
                .split(images.equals("shift-far") ? images : "test")
                .build();
    }

    private static final List<SubgroupRow> ROWS = List.of(
            row("F", List.of(30, 30), "clean", 0.8, false),
            row("F", List.of(30, 30), "corrupted", 0.5, true),
            row("M", List.of(20, 20), "clean", 0.7, true),
            row("M", List.of(20, 20), "corrupted", 0.6, false),
            row("O", List.of(3, 0), "clean", null, false),
            row("O", List.of(3, 0), "corrupted", null, false));

    @Test
    void aLineForEachSubgroupAndAColumnForEachKindOfImages() {
        assertThat(new SubgroupTable(ROWS, "balanced-accuracy").text()).isEqualTo("""
                        balanced-accuracy  images by class  clean                 corrupted
                        -----------------  ---------------  --------------------  ----------------------
                        all images                          0.750                 0.750
                        sex F              30, 30           0.800 [0.700, 0.900]  0.500 [0.400, 0.600] !
                        sex M              20, 20           0.700 [0.600, 0.800]  0.600 [0.500, 0.700] !
                        sex O (small)      3, 0             none, see below       none, see below
                        corrupted: mean over jpeg@3, pixelate@3
                        (small) fewer than 10 images of a class
                        sex O: no images of class 1 in this subgroup
                        ! fails a gate, so it does not stand: noise-hurts-less""");
    }

    @Test
    void theWorstOfEachColumnIsNamedWithItsDifferenceFromAllImages() {
        assertThat(new SubgroupTable(ROWS, "balanced-accuracy").worst())
                .containsExactly(
                        "corrupted images: the worst subgroup is sex F, balanced-accuracy 0.500 [0.400, 0.600] !, n 60;"
                                + " -0.250 [-0.375, -0.125] from all images",
                        "clean images: the worst subgroup is sex M, balanced-accuracy 0.700 [0.600, 0.800], n 40;"
                                + " -0.050 [-0.175, +0.075] from all images");
    }

    @Test
    void aMetricThatSubgroupsDoNotHaveIsShownAsBalancedAccuracy() {
        assertThat(new SubgroupTable(ROWS, "auroc").text()).startsWith("balanced-accuracy ");
    }

    @Test
    void anExternalTestSetHasATableOfItsOwn() {
        List<SubgroupRow> rows = List.of(
                row("F", List.of(30, 30), "clean", 0.8, false), row("M", List.of(5, 12), "shift-far", 0.5, true));

        assertThat(new SubgroupTable(rows, "balanced-accuracy").text()).startsWith("""
                        balanced-accuracy  images by class  clean
                        -----------------  ---------------  --------------------
                        all images                          0.750
                        sex F              30, 30           0.800 [0.700, 0.900]

                        balanced-accuracy  images by class  shift-far
                        -----------------  ---------------  ----------------------
                        all images                          0.750
                        sex M (small)      5, 12            0.500 [0.400, 0.600] !
                        (small) fewer than 10 images of a class
                        """);
    }
}
