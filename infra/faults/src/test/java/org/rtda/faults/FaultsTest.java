package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void everyFaultHasANameOfItsOwnInKebabCaseAndOneLineOfDescription() {
        assertThat(Faults.ALL).extracting(Fault::name).doesNotHaveDuplicates();
        assertThat(Faults.ALL).allSatisfy(fault -> {
            assertThat(fault.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(fault.description()).isNotBlank().doesNotContain("\n");
        });
    }

    @Test
    void theShortFormTriesTheControlFirstAndKnownFaultsOnly() {
        assertThat(Faults.SHORT).startsWith("nothing").doesNotHaveDuplicates();
        assertThat(Faults.ALL).extracting(Fault::name).containsAll(Faults.SHORT);
    }
}
