package org.rtda.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class RadiiOfNormsTest {
    @Test
    void aNormHoldsUntilTheNextOneIsNamed() {
        assertThat(RadiiOfNorms.parse("--eval-epsilons", List.of("0.25", "0.5", "linf:51/255", "0.4"), "l2"))
                .isEqualTo(Map.of("l2", List.of(0.25, 0.5), "linf", List.of(0.2, 0.4)));
    }

    @Test
    void plainNumbersAreOfTheTrainingsNorm() {
        assertThat(RadiiOfNorms.parse("--eval-epsilons", List.of("8/255"), "linf"))
                .isEqualTo(Map.of("linf", List.of(8.0 / 255)));
    }

    @Test
    void whatIsNoRadiusOrNoNormIsRefused() {
        for (String text : List.of("", "x", "8/", "1/0", "NaN", "1/2/3")) {
            assertThatThrownBy(() -> RadiusConverter.parse(text))
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessage("'" + text + "' is not a radius: write a number such as 0.5, or 8/255");
        }
        assertThatThrownBy(() -> RadiiOfNorms.parse("--eval-epsilons", List.of("l1:0.5"), "l2"))
                .hasMessage("--eval-epsilons (norm) must be one of [l2, linf], was l1");
    }
}
