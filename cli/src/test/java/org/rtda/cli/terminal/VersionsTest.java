package org.rtda.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void theVersionIsTheOneOfTheRootPom() throws IOException {
        String pom = Files.readString(Path.of(System.getProperty("rtda.root"), "pom.xml"));

        assertThat(pom).contains("<artifactId>rtda</artifactId>\n  <version>" + Versions.rtda() + "</version>");
    }
}
