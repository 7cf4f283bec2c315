package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultSuiteTest {
    private static final Tried RECOVERED = new Tried(0, 0, 0, 1.5, List.of());

    private static FaultSuite suite(Path json, FaultSuite.Tries tries) {
        return new FaultSuite(
                FaultSuiteOptions.parse(
                        "--only", "nothing,store-full,trainer-killed,clock-ahead", "--json", json.toString()),
                tries);
    }

    /** Hours of tries came before it. */
    @Test
    void theTableHasARowForEveryFaultAlsoWhereTheSuiteBreaksAtOne(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("rows.json");
        FaultSuite suite = suite(json, (fault, count) -> {
            if (fault.name().equals("store-full")) {
                return Row.of(fault.name(), List.of(new Tried(1, 0, 0, null, List.of("one figure is lost"))));
            }
            if (fault.name().equals("trainer-killed")) {
                throw new BrokenOffException(
                        List.of(RECOVERED),
                        new IllegalStateException("without any fault, the experiment MAIN is FAILED"));
            }
            return Row.of(fault.name(), List.of(RECOVERED));
        });
        suite.tryAll();

        assertThat(suite.table().lines().map(String::strip))
                .containsExactly(
                        "fault                         tried recovered   lost  doubled differing  seconds",
                        "nothing                           1         1      0        0         0      1.5",
                        "store-full                        1         0      1        0         0        -",
                        "one figure is lost",
                        "trainer-killed                    1         1      0        0         0      1.5",
                        "the suite broke: without any fault, the experiment MAIN is FAILED",
                        "clock-ahead                       0         0      0        0         0        -",
                        "not tried: the suite broke before");
        assertThat(suite.isClean()).isFalse();
        assertThat(Files.readString(json)).contains("\"clock-ahead\"", "one figure is lost");
    }

    @Test
    void aFileThatCannotBeWrittenCostsNoTable(@TempDir Path folder) {
        FaultSuite suite = suite(
                folder.resolve("no such folder/rows.json"), (fault, count) -> Row.of(fault.name(), List.of(RECOVERED)));
        suite.tryAll();

        assertThat(suite.table().lines()).hasSize(5);
        assertThat(suite.isClean()).isTrue();
    }

    /** What a killed trainer or a cancelled evaluation left is swept before the suite complains that it stays. */
    @Test
    void sweepsComeSeveralTimesWhileTheSuiteWaitsForThem() {
        assertThat(Role.TRAINER.environment()).containsEntry("RTDA_SWEEP_INTERVAL", "PT10S");
        assertThat(Role.EVALUATOR.environment()).containsEntry("RTDA_SWEEP_INTERVAL", "PT10S");
        assertThat(Role.SWEEP_INTERVAL.multipliedBy(3))
                .isLessThan(new Limits(FaultSuiteOptions.parse().patience()).soon());
    }
}
