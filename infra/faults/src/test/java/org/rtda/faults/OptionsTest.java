package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void everyOptionIsRead() {
        Options options = Options.parse(
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
        assertThat(Options.parse().faults()).isEqualTo(Faults.ALL);
        assertThat(Options.parse().count()).isEqualTo(1);
        assertThat(Options.parse("--short").faults()).extracting(Fault::name).containsExactlyElementsOf(Faults.SHORT);
    }

    @Test
    void whatIsNotUnderstoodIsNamedWithWhatIs() {
        assertThatThrownBy(() -> Options.parse("--only", "trainer-fell"))
                .hasMessageStartingWith("there is no fault trainer-fell, there are nothing, trainer-killed");
        assertThatThrownBy(() -> Options.parse("--count", "0"))
                .hasMessage("--count must be a whole number in [1, 10000], was 0");
        assertThatThrownBy(() -> Options.parse("--loud")).hasMessageEndingWith("was --loud");
        assertThatThrownBy(() -> Options.parse("--seed")).hasMessageStartingWith("--seed needs a value");
    }
}
