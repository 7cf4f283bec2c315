package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol, with shell scripts as rivals. */
class RivalTest {
    @TempDir
    Path folder;

    @Test
    void everyGoIsAnsweredWithItsMilliseconds() throws IOException {
        try (Rival rival = rival(
                "echo ready; n=0; while read -r order; do n=$((n + 1)); echo $order >> \"$1\"; echo $n.5; done")) {
            assertThat(rival.missing()).isEmpty();
            assertThat(rival.note("sh")).isNull();
            assertThat(rival.turn()).isEqualTo(1.5);
            assertThat(rival.turns().getAsDouble()).isEqualTo(2.5);
        }
        assertThat(folder.resolve("orders")).hasContent("go\ngo");
    }

    @Test
    void aRivalThatLacksAPackageNamesItAndTakesNoTurns() throws IOException {
        try (Rival rival = rival("echo missing torchattacks; exit 3")) {
            assertThat(rival.missing()).contains("torchattacks");
            assertThat(rival.turns()).isNull();
            assertThat(rival.note("sh"))
                    .isEqualTo("ours alone: sh lacks torchattacks (docs/speed.md lists the packages)");
        }
    }

    @Test
    void aCommandThatIsNotThereCountsAsMissing() {
        try (Rival rival = Rival.start("no-such-python", folder.resolve("any.py"), List.of())) {
            assertThat(rival.turns()).isNull();
            assertThat(rival.note("no-such-python")).isEqualTo("ours alone: there is no no-such-python (set PYTHON)");
        }
    }

    @Test
    void aRivalThatDiesBeforeItIsReadyFailsWithItsLastWords() {
        assertThatThrownBy(() -> rival("echo 'no such network' >&2; exit 2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "rival rival.sh: expected ready or missing NAME, but it ended with status 2:\nno such network");
    }

    @Test
    void aRivalThatDiesInATurnFailsWithItsLastWords() throws IOException {
        try (Rival rival = rival("echo ready; read -r order; echo 'out of memory' >&2; exit 9")) {
            assertThatThrownBy(rival::turn)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "rival rival.sh: expected milliseconds above 0, but it ended with status 9:\nout of memory");
        }
    }

    @Test
    void anAnswerThatIsNoTimeIsRefused() throws IOException {
        for (String answer : List.of("fast", "0", "-3", "NaN")) {
            try (Rival rival = rival("echo ready; while read -r order; do echo " + answer + "; done")) {
                assertThatThrownBy(rival::turn)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("rival rival.sh: expected milliseconds above 0, got '" + answer + "'");
            }
        }
    }

    private Rival rival(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("rival.sh"), script);
        return Rival.start("sh", file, List.of(folder.resolve("orders").toString()));
    }
}
