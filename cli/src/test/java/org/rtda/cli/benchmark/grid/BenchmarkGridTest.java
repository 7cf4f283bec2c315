package org.rtda.cli.benchmark.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;

class BenchmarkGridTest {
    private static final String SMALL = "{\"network\":\"resnet8\",\"epochs\":3,\"batchSize\":5}";

    private static BenchmarkGrid grid(String template, List<DatasetManifest> sets, List<Double> epsilons) {
        return BenchmarkGrid.of(GridSets.json(template), sets, List.of("erm", "rtda"), List.of(1L, 2L), epsilons, null);
    }

    /** Whole comparisons first; what trains without attacks is trained once a seed for both strengths. */
    @Test
    void cellsComeSeedBySeedThenDataSetThenStrengthThenMethod() {
        BenchmarkGrid grid = grid(SMALL, List.of(GridSets.grey("a", 28), GridSets.grey("b", 28)), List.of(0.5, 0.15));

        assertThat(grid.cells())
                .extracting(Cell::id)
                .containsExactly(
                        "a/any/erm/seed-1",
                        "a/0.15/rtda/seed-1",
                        "a/0.5/rtda/seed-1",
                        "b/any/erm/seed-1",
                        "b/0.15/rtda/seed-1",
                        "b/0.5/rtda/seed-1",
                        "a/any/erm/seed-2",
                        "a/0.15/rtda/seed-2",
                        "a/0.5/rtda/seed-2",
                        "b/any/erm/seed-2",
                        "b/0.15/rtda/seed-2",
                        "b/0.5/rtda/seed-2");
        assertThat(grid.compared(grid.datasets().get(0), 0.5))
                .extracting(Cell::id)
                .containsExactly("a/any/erm/seed-1", "a/any/erm/seed-2", "a/0.5/rtda/seed-1", "a/0.5/rtda/seed-2");
    }

    @Test
    void aCellSaysAllThatItsRunDependsOnAndNothingButTheFourDiffers() {
        BenchmarkGrid grid = grid(
                "{\"network\":\"resnet8\",\"epochs\":3,\"batchSize\":5,\"lambda\":4,\"optimizer\":{\"learningRate\":0.05},"
                        + "\"evaluation\":{\"everyEpochs\":1,\"attackSteps\":20}}",
                List.of(GridSets.grey("a", 28)),
                List.of(0.3));
        ExperimentSpec rtda = grid.cells().get(1).spec();

        assertThat(rtda.method()).isEqualTo("rtda");
        assertThat(rtda.attack().epsilon()).isEqualTo(0.3);
        assertThat(rtda.attack().stepSize()).isEqualTo(2.5 * 0.3 / 7);
        assertThat(rtda.optimizer().learningRate()).isEqualTo(0.05);
        assertThat(rtda.evaluation().everyEpochs())
                .as("a quick evaluation only costs time")
                .isZero();
        assertThat(rtda.evaluation().attackSteps()).isEqualTo(20);
        assertThat(rtda.evaluation().epsilons()).containsExactly(0.1, 0.15, 0.25, 0.3, 0.5, 1.0);
        for (Cell cell : grid.cells()) {
            assertThat(cell.spec().epochs()).isEqualTo(3);
            assertThat(cell.spec().batchSize()).isEqualTo(5);
            assertThat(cell.spec().lambda()).isEqualTo(4);
            assertThat(cell.spec().optimizer()).isEqualTo(rtda.optimizer());
            assertThat(cell.spec().evaluation()).isEqualTo(rtda.evaluation());
        }
        assertThat(conditionAt(grid, 0.3)).isEqualTo("pgd-l2-20@0.3");
    }

    /** 64 / 28 = 2.2857: 0.229, 0.343, 0.571, 1.14, 2.29 to two digits; sqrt(3072 / 784) = 1.97949. */
    @Test
    void usualStrengthsGrowWithTheRootOfTheValuesInAnImage() {
        assertThat(Strengths.evaluated(1, 28, 28)).containsExactly(0.1, 0.15, 0.25, 0.5, 1.0);
        assertThat(Strengths.evaluated(1, 64, 64)).containsExactly(0.23, 0.34, 0.57, 1.1, 2.3);
        assertThat(Strengths.evaluated(3, 32, 32)).containsExactly(0.2, 0.3, 0.49, 0.99, 2.0);
        assertThat(grid(SMALL, List.of(GridSets.grey("a", 64)), null)
                        .cells()
                        .get(1)
                        .id())
                .isEqualTo("a/1.1/rtda/seed-1");
    }

    @Test
    void aStrengthInTheSpecificationCountsWhereNoneIsGiven() {
        assertThat(grid("{\"batchSize\":5,\"attack\":{\"epsilon\":0.2}}", List.of(GridSets.grey("a", 28)), null)
                        .cells())
                .extracting(Cell::id)
                .contains("a/0.2/rtda/seed-1");
    }

    /** A strength of plain training would only be a condition more, which the others would not have. */
    @Test
    void trainingWithoutAttacksAddsNoEvaluatedStrength() {
        ExperimentSpec erm = grid(SMALL, List.of(GridSets.grey("a", 28)), List.of(0.5))
                .cells()
                .get(0)
                .spec();
        assertThat(erm.evaluation().epsilons()).contains(erm.attack().epsilon());
    }

    @Test
    void aMaximumNormStrengthIsNoL2Radius() {
        BenchmarkGrid grid = grid(
                "{\"batchSize\":5,\"attack\":{\"name\":\"pgd-linf\"}}", List.of(GridSets.grey("a", 28)), List.of(0.03));
        assertThat(grid.cells().get(1).spec().evaluation().epsilons()).containsExactly(0.1, 0.15, 0.25, 0.5, 1.0);
        assertThat(conditionAt(grid, 0.03)).isEqualTo("pgd-linf-10@0.03");
    }

    /** 0.25 of the template lies above both strengths; plain training is judged where the others are. */
    @Test
    void everyMethodIsJudgedAtAllMaximumNormStrengthsAndAtNoL2RadiusTakenForOne() {
        BenchmarkGrid grid = grid(
                "{\"batchSize\":5,\"attack\":{\"name\":\"pgd-linf\"},\"evaluation\":{\"linfEpsilons\":[0.25]}}",
                List.of(GridSets.grey("a", 28)),
                List.of(0.03, 0.125));

        assertThat(grid.cells())
                .allSatisfy(cell ->
                        assertThat(cell.spec().evaluation().linfEpsilons()).containsExactly(0.03, 0.125, 0.25));
        assertThat(grid.cells().get(0).method()).isEqualTo("erm");
        assertThat(grid.cells().get(0).spec().attack().epsilon()).isEqualTo(0.03);
    }

    @Test
    void aMaximumNormStrengthBeyondAllPixelsIsRefused() {
        assertThatThrownBy(() -> grid(
                        "{\"batchSize\":5,\"attack\":{\"name\":\"pgd-linf\"}}",
                        List.of(GridSets.grey("a", 28)),
                        List.of(8.0)))
                .hasMessageContaining("attack.epsilon of norm linf must be in [0, 1]");
    }

    @Test
    void theFingerprintFollowsTheSpecificationAndTheImagesNotTheDayOfTheImport() {
        Cell cell = grid(SMALL, List.of(GridSets.grey("a", 28)), null).cells().get(0);
        assertThat(grid(SMALL, List.of(GridSets.grey("a", 28)), null).cells().get(0))
                .isEqualTo(cell);
        assertThat(grid(SMALL.replace("3", "4"), List.of(GridSets.grey("a", 28)), null)
                        .cells()
                        .get(0)
                        .fingerprint())
                .isNotEqualTo(cell.fingerprint());
        DatasetManifest before = GridSets.grey("a", 28);
        DatasetManifest later = DatasetManifest.builder()
                .name("a")
                .channels(1)
                .height(28)
                .width(28)
                .classes(before.classes())
                .splits(before.splits())
                .sourceSha256(before.sourceSha256())
                .provenance("")
                .licence("")
                .importedAt(java.time.Instant.EPOCH)
                .channelMeans(before.channelMeans())
                .channelDeviations(before.channelDeviations())
                .build();
        assertThat(grid(SMALL, List.of(later), null).cells().get(0).fingerprint())
                .isEqualTo(cell.fingerprint());
        assertThat(grid(SMALL, List.of(GridSets.of("a", 1, 28, 12)), null)
                        .cells()
                        .get(0)
                        .fingerprint())
                .isNotEqualTo(cell.fingerprint());
    }

    @Test
    void whatCannotBeRunIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> grid("{\"epocs\":3}", List.of(GridSets.grey("a", 28)), null))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("the specification has no field epocs, only [");
        assertThatThrownBy(() -> grid("{\"batchSize\":11}", List.of(GridSets.grey("a", 28)), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("batchSize must be at most 10, the training images of a, was 11");
        assertThatThrownBy(() -> grid("{\"batchSize\":5,\"epochs\":0}", List.of(GridSets.grey("a", 28)), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("epochs must be in [1, 10000]");
        assertThatThrownBy(() -> grid(SMALL, List.of(GridSets.grey("a", 28)), List.of(Double.NaN)))
                .hasMessageStartingWith("--epsilons must be greater than 0");
        assertThatThrownBy(() -> BenchmarkGrid.of(
                        GridSets.json(SMALL),
                        List.of(GridSets.grey("a", 28)),
                        List.of("mixup"),
                        List.of(1L),
                        null,
                        null))
                .hasMessageStartingWith("--methods must be one of [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"attack\":{\"epsilon\":\"8/255\"}}|attack.epsilon must be a number (0.03137, not \"8/255\"), was 8/255",
                "{\"attack\":{\"stepSize\":\"2/255\"}}|attack.stepSize must be a number (0.007843, not \"2/255\"), was 2/255",
                "{\"evaluation\":{\"linfEpsilons\":[\"4/255\"]}}|evaluation.linfEpsilons must be a number (0.01569, not \"4/255\"), was 4/255"
            })
    void aRadiusOfTheTemplateThatIsATextIsRefusedByItsField(String template, String message) {
        assertThatThrownBy(() -> grid(template, List.of(GridSets.grey("a", 28)), null))
                .hasMessage(message);
    }

    /** Label of the evaluation's attack that is as strong as one in training. */
    private static String conditionAt(BenchmarkGrid grid, double epsilon) {
        ExperimentSpec spec = grid.cells().get(0).spec();
        return BenchmarkGrid.condition(spec, spec.attack().name(), epsilon).label();
    }
}
