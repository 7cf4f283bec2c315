package org.rtda.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    @Test
    void aProcessKeepsItsIdentityAndLosesItWhenItEnds() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        assertThat(ProcessIdentity.of(process.pid())).isPresent().isEqualTo(ProcessIdentity.of(process.pid()));

        process.destroyForcibly().onExit().join();

        assertThat(ProcessIdentity.of(process.pid())).isEmpty();
    }

    @Test
    void noProcessHasNoIdentity() {
        assertThat(ProcessIdentity.of(Integer.MAX_VALUE)).isEmpty();
    }
}
