package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two columns of MedMNIST-C's table, as they were copied from it; a column's gaps are filled from the other. */
class CorruptionTableTest {

    @ParameterizedTest
    @CsvSource({
        "pixelate,        0.3 0.25 0.2 0.15 0.1,      0.8 0.7 0.6 0.5 0.4",
        "jpeg,            50 30 15 10 7,              50 30 15 10 7",
        "gaussian-noise,  0.04 0.05 0.06 0.07 0.08,   0.04 0.05 0.06 0.07 0.08",
        "speckle-noise,   0.1 0.15 0.2 0.25 0.3,      0.05 0.07 0.1 0.15 0.2",
        "impulse-noise,   0.005 0.01 0.013 0.017 0.02, 0.005 0.01 0.013 0.017 0.02",
        "shot-noise,      300 200 150 100 80,         300 200 150 100 80",
        "gaussian-blur,   3 5 7 9 11,                 3 5 7 9 11",
        "motion-blur,     5/5 9/7 9/10 13/10 17/12,   5/5 9/7 9/10 13/10 17/12",
        "brightness-up,   1.4 1.5 1.6 1.8 2,          1.1 1.2 1.3 1.4 1.5",
        "brightness-down, 0.55 0.5 0.45 0.4 0.3,      0.9 0.8 0.7 0.6 0.5",
        "contrast-up,     1.1 1.2 1.3 1.4 1.6,        1.1 1.2 1.3 1.4 1.6",
        "contrast-down,   0.9 0.8 0.7 0.6 0.4,        0.9 0.8 0.7 0.6 0.4",
        "gamma-up,        1.1 1.2 1.3 1.4 1.6,        1.1 1.2 1.3 1.4 1.6",
        "gamma-down,      0.9 0.8 0.7 0.6 0.4,        0.9 0.8 0.7 0.6 0.4"
    })
    void everySeverityOfBothColumns(String name, String ultrasound, String chestXray) {
        assertThat(Corruptions.names()).contains(name);
        assertThat(column(CorruptionTable.ULTRASOUND, name)).isEqualTo(ultrasound);
        assertThat(column(CorruptionTable.CHEST_XRAY, name)).isEqualTo(chestXray);
    }

    private static String column(CorruptionTable table, String name) {
        return IntStream.rangeClosed(1, Corruption.SEVERITIES)
                .mapToObj(severity -> text(name, table.parameters(name, severity)))
                .collect(Collectors.joining(" "));
    }

    /** Pixelate's second number is not of the table: the cap at smaller sides. */
    private static String text(String name, double[] parameters) {
        return Arrays.stream(parameters)
                .limit(name.equals("pixelate") ? 1 : parameters.length)
                .mapToObj(p -> p == Math.rint(p) ? Integer.toString((int) p) : Double.toString(p))
                .collect(Collectors.joining("/"));
    }
}
