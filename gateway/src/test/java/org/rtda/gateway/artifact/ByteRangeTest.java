package org.rtda.gateway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=2-4, 2, 3",
        "bytes=7-, 7, 3",
        "bytes=7-99, 7, 3",
        "bytes=0-99999999999999999999, 0, 10",
        "bytes=-3, 7, 3",
        "bytes=-99, 0, 10",
    })
    void aRangeIsThePartThatLiesInTheContent(String header, long from, long length) {
        assertThat(ByteRange.of(header, 10)).hasValue(new ByteRange(from, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=99999999999999999999-", "bytes=-0"})
    void aRangeOutsideTheContentHasNoByte(String header) {
        assertThat(ByteRange.of(header, 10).orElseThrow().length()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=4-2", "bytes=-", "bytes=a-b", "lines=0-1", "bytes=0-1,3-4", "bytes", ""})
    void whatIsNoRangeOrSeveralIsTheWhole(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @Test
    void withoutAHeaderItIsTheWhole() {
        assertThat(ByteRange.of(null, 10)).isEmpty();
    }

    @Test
    void ofAnEmptyContentThereIsNoPart() {
        assertThat(ByteRange.of("bytes=0-", 0).orElseThrow().length()).isZero();
        assertThat(ByteRange.of("bytes=-5", 0).orElseThrow().length()).isZero();
    }

    @Test
    void thePlaceInTheContentIsToldWithTheLastByteIncluded() {
        assertThat(new ByteRange(2, 3).inContent(10)).isEqualTo("bytes 2-4/10");
    }
}
