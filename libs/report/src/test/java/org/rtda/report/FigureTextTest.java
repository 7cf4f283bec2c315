package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTextTest {
    @ParameterizedTest
    @CsvSource({
        "%+.3f,-0.0004,0.000",
        "%+.3f,0.0004,0.000",
        "%+.3f,0.0,0.000",
        "%+.3f,-0.0006,-0.001",
        "%+.3f,0.0006,+0.001",
        "%.3f,-0.0004,0.000",
        "%+.1f,-10.04,-10.0",
        "from %+.3f on,-0.0001,from 0.000 on",
    })
    void whatIsRoundedToZeroHasNoSign(String pattern, double value, String text) {
        assertThat(FigureText.format(pattern, value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-0.0003,-0.0712,0.0004,'0.000 [-0.071, 0.000]'", "0.02,-0.0004,0.04,'+0.020 [0.000, +0.040]'"})
    void everyNumberOfATextIsWrittenSo(double value, double low, double high, String text) {
        assertThat(FigureText.format("%+.3f [%+.3f, %+.3f]", value, low, high)).isEqualTo(text);
    }
}
