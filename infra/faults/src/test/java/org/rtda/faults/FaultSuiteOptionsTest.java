package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultSuiteOptionsTest {

    @Test
    void everyOptionIsRead() {
        FaultSuiteOptions options = FaultSuiteOptions.parse(
                "--seed",
                "7",
                "--only",
                "store-slow,nothing",
                "--count",
                "50",
                "--json",
                "rows.json",
                "--patience",
                "9");

        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.faults()).extracting(Fault::name).containsExactly("store-slow", "nothing");
        assertThat(options.count()).isEqualTo(50);
        assertThat(options.json()).isEqualTo(Path.of("rows.json"));
        assertThat(options.patience()).isEqualTo(Duration.ofMinutes(9));
    }

    @Test
    void withoutOptionsEveryFaultIsTriedOnce() {
        assertThat(FaultSuiteOptions.parse().faults()).isEqualTo(Faults.ALL);
        assertThat(FaultSuiteOptions.parse().count()).isEqualTo(1);
        assertThat(FaultSuiteOptions.parse("--short").faults())
                .extracting(Fault::name)
                .containsExactlyElementsOf(Faults.SHORT);
    }

    @Test
    void whatIsNotUnderstoodIsNamedWithWhatIs() {
        assertThatThrownBy(() -> FaultSuiteOptions.parse("--only", "trainer-fell"))
                .hasMessageStartingWith("there is no fault trainer-fell, there are nothing, trainer-killed");
        assertThatThrownBy(() -> FaultSuiteOptions.parse("--count", "0"))
                .hasMessage("--count must be a whole number in [1, 10000], was 0");
        assertThatThrownBy(() -> FaultSuiteOptions.parse("--loud")).hasMessageEndingWith("was --loud");
        assertThatThrownBy(() -> FaultSuiteOptions.parse("--seed")).hasMessageStartingWith("--seed needs a value");
    }
}
