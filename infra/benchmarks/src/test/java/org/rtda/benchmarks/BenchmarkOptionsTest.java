package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkOptionsTest {
    private static final List<String> KNOWN = List.of("step", "augmix");

    @Test
    void everyCoreIsUsedAndEveryCaseMeasuredUnlessToldOtherwise() {
        assertThat(parse("augmix")).isEqualTo(new BenchmarkOptions("augmix", null, 0, 4, false, List.of(), "cpu"));
        assertThat(parse(
                        "step",
                        "--json",
                        "a.json",
                        "--turns",
                        "7",
                        "--threads",
                        "2",
                        "--quick",
                        "--cases",
                        "a,b",
                        "--device",
                        "gpu"))
                .isEqualTo(new BenchmarkOptions("step", Path.of("a.json"), 7, 2, true, List.of("a", "b"), "gpu"));
    }

    @Test
    void whatIsNotUnderstoodIsNamedWithWhatIs() {
        assertThatThrownBy(() -> parse()).hasMessage("the first argument must name a benchmark, one of step, augmix");
        assertThatThrownBy(() -> parse("stepp"))
                .hasMessage("the first argument must name a benchmark, one of step, augmix, was 'stepp'");
        assertThatThrownBy(() -> parse("step", "--turn", "3"))
                .hasMessage(
                        "options are --json FILE, --turns N, --threads N, --cases NAME,..., --device NAME and --quick, was"
                                + " --turn");
        assertThatThrownBy(() -> parse("step", "--device", "cuda"))
                .hasMessage("--device must be one of cpu, gpu, was cuda");
        assertThatThrownBy(() -> parse("augmix", "--device", "gpu"))
                .hasMessage("--device gpu is for step and attack, not for augmix: leave it out");
        assertThatThrownBy(() -> parse("step", "--turns", "0")).hasMessage("--turns must be in [1, 9999], was 0");
        assertThatThrownBy(() -> parse("step", "--json")).hasMessage("--json needs a value");
    }

    @Test
    void namesAreUnique() {
        assertThat(Benchmarks.ALL.stream().map(Benchmark::name)).doesNotHaveDuplicates();
    }

    private static BenchmarkOptions parse(String... arguments) {
        return BenchmarkOptions.parse(arguments, KNOWN, 4);
    }
}
