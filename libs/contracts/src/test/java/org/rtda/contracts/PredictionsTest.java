package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.settings.Condition;

class PredictionsTest {

    @Test
    void everyImageHasALabelAPredictionAndItsProbabilities() {
        assertThat(of(List.of(0, 1), List.of(1, 1)).predicted()).containsExactly(1, 1);
        assertThatThrownBy(() -> of(List.of(0, 1), List.of(1)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("predicted (how many) must be in [2, 2], was 1");
    }

    @Test
    void aClassThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> of(List.of(0, 2), List.of(0, 1))).hasMessage("labels (each) must be in [0, 1], was 2");
        assertThatThrownBy(() -> of(List.of(0, 1), List.of(-1, 1)))
                .hasMessage("predicted (each) must be in [0, 1], was -1");
    }

    private static Predictions of(List<Integer> labels, List<Integer> predicted) {
        return new Predictions(
                1,
                "exp",
                "exp/epoch-00001",
                Condition.clean("test"),
                List.of("no", "yes"),
                labels,
                predicted,
                List.of(List.of(0.5, 0.5), List.of(0.5, 0.5)));
    }
}
