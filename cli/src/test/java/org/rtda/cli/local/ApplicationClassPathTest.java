package org.rtda.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationClassPathTest {
    @TempDir
    private Path application;

    @Test
    void whatTheBuildMadeGoesFirstAndLibrariesByTheirSize() throws IOException {
        file("lib/boot/medium.jar", 20);
        file("lib/main/small.jar", 10);
        file("lib/main/large.jar", 30);
        file("lib/main/a-note.txt", 99);
        file("app/service.jar", 1);
        file("quarkus/transformed-bytecode.jar", 1);
        file("quarkus/generated-bytecode.jar", 2);
        file("quarkus/quarkus-application.dat", 50);

        assertThat(ApplicationClassPath.of(application).split(File.pathSeparator))
                .extracting(jar -> application.relativize(Path.of(jar)).toString())
                .containsExactly(
                        "quarkus/generated-bytecode.jar",
                        "quarkus/transformed-bytecode.jar",
                        "app/service.jar",
                        "lib/main/large.jar",
                        "lib/boot/medium.jar",
                        "lib/main/small.jar");
    }

    private void file(String name, int bytes) throws IOException {
        Path file = application.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }
}
