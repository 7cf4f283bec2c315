package org.rtda.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    private Path folder;

    @Test
    void theEndIsOldestFirst() throws IOException {
        assertThat(new LogTail(log("a\nb\nc\n")).lines(2)).containsExactly("b", "c");
    }

    @Test
    void errorsAreFoundWithoutTheirStacks() throws IOException {
        LogTail tail = new LogTail(log("""
                12:00 INFO  started
                12:01 ERROR [org.rtda] the store is away
                java.net.ConnectException: refused
                \tat java.base/Socket.connect(Socket.java:1)
                12:02 INFO  stopped
                """));

        assertThat(tail.errors(5))
                .containsExactly("12:01 ERROR [org.rtda] the store is away", "java.net.ConnectException: refused");
    }

    @Test
    void withoutErrorsTheEndIsShown() throws IOException {
        assertThat(new LogTail(log("a\nb\n")).errors(1)).containsExactly("b");
    }

    @Test
    void noLogHasNoLines() {
        assertThat(new LogTail(folder.resolve("none.log")).errors(5)).isEmpty();
    }

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("a.log"), text);
    }
}
