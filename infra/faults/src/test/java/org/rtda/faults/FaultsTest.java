package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** A fault of which the page says nothing would be taken for one that was tried. */
    @Test
    void thePageSaysOfEveryFaultWhetherItWasTried() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("rtda.root"), "docs/reliability.md"));
        Set<String> tried = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| [1-9]")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
        Set<String> notTried = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| not tried \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(tried).doesNotContainAnyElementsOf(notTried);
        tried.addAll(notTried);
        assertThat(tried)
                .containsExactlyInAnyOrderElementsOf(
                        Faults.ALL.stream().map(Fault::name).toList());
    }
}
