package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.check.InvalidFieldException;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "3g, 3221225472",
        "3Gi, 3221225472",
        "3GiB, 3221225472",
        "1.5g, 1610612736",
        "3G, 3000000000",
        "512m, 536870912",
        "512 Mi, 536870912",
        "64kb, 65536",
        "2t, 2199023255552",
        "3000000000, 3000000000"
    })
    void unitsAreThoseOfDockerAndKubernetes(String text, long bytes) {
        assertThat(ByteSize.parse("rtda.trainer-memory", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1g", "0", "0.1", "3x", "3i", "9999999999t"})
    void anythingElseIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> ByteSize.parse("rtda.trainer-memory", text))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("rtda.trainer-memory must be an amount of memory such as 3g, 3Gi, 512m or 3000000000, was "
                        + text);
    }

    @Test
    void wordsAreInGibibytesFromOneOn() {
        assertThat(ByteSize.inWords(3L << 30)).isEqualTo("3.0 GiB");
        assertThat(ByteSize.inWords(1L << 29)).isEqualTo("512 MiB");
    }
}
