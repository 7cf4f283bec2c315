package org.rtda.cli.benchmark.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.KnownNames;

class TrainingCostTest {
    @SuppressWarnings("unused")
    private static final java.util.List<String> METHODS = KnownNames.METHODS;

    @ParameterizedTest
    @FieldSource("METHODS")
    void everyMethodThatCanBeTrainedHasACost(String method) {
        assertThat(TrainingCost.of(method).views()).isBetween(1, 3);
    }

    /** Three views and seven attack steps; 20 steps of 8 images. */
    @Test
    void rtdaTakesTenPassesAnImageWithSevenAttackSteps() {
        ExperimentSpec rtda = spec("{\"dataset\":\"d\",\"method\":\"rtda\",\"batchSize\":8,\"attack\":{\"steps\":7}}");
        assertThat(TrainingCost.gradientEvaluationsPerImage(rtda)).isEqualTo(10);
        assertThat(TrainingCost.gradientEvaluations(rtda, 20)).isEqualTo(20 * 8 * 10);
    }

    @Test
    void plainTrainingTakesOneWhateverTheAttackIsSetTo() {
        assertThat(TrainingCost.gradientEvaluationsPerImage(
                        spec("{\"dataset\":\"d\",\"method\":\"erm\",\"attack\":{\"steps\":50}}")))
                .isEqualTo(1);
    }

    @Test
    void theMethodsThatAttackAreThose() {
        assertThat(TrainingCost.of("augmix")).isEqualTo(new TrainingCost(3, false));
        assertThat(TrainingCost.of("adversarial")).isEqualTo(new TrainingCost(1, true));
        assertThat(TrainingCost.of("trades")).isEqualTo(new TrainingCost(2, true));
        assertThat(TrainingCost.of("augmix-adversarial")).isEqualTo(new TrainingCost(1, true));
        assertThat(TrainingCost.of("robust-augmix")).isEqualTo(new TrainingCost(3, true));
        assertThatThrownBy(() -> TrainingCost.of("mixup"))
                .hasMessageStartingWith("method must be one of [rtda, erm, augmix");
    }

    private static ExperimentSpec spec(String json) {
        return EventCodec.mapper().convertValue(GridSets.json(json), ExperimentSpec.class);
    }
}
