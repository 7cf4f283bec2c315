package org.rtda.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    @TempDir
    private Path target;

    @Test
    void isWrittenByOneProcessOfABuildAndReadByAllLaterOnes() throws IOException {
        Path jar = Files.writeString(target.resolve("service.jar"), "");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        Path archive = target.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa");

        assertThat(ClassArchive.options(target, jar, true)).contains("-XX:ArchiveClassesAtExit=" + archive);
        assertThat(ClassArchive.options(target, jar, false)).isEmpty();

        Files.writeString(archive, "");
        Files.setLastModifiedTime(archive, FileTime.fromMillis(2_000));
        for (boolean writes : List.of(true, false)) {
            assertThat(ClassArchive.options(target, jar, writes))
                    .hasSize(2)
                    .contains("-XX:SharedArchiveFile=" + archive);
        }

        Files.setLastModifiedTime(jar, FileTime.fromMillis(3_000));
        assertThat(ClassArchive.options(target, jar, true))
                .as("of an earlier build")
                .contains("-XX:ArchiveClassesAtExit=" + archive);
    }

    @Test
    void aFolderIsAsNewAsTheNewestFileInIt() throws IOException {
        Path jars = Files.createDirectory(target.resolve("jars"));
        Path changed = Files.writeString(jars.resolve("changed.jar"), "");
        Files.setLastModifiedTime(Files.writeString(jars.resolve("old.jar"), ""), FileTime.fromMillis(1_000));
        Path archive = target.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa");
        Files.setLastModifiedTime(Files.writeString(archive, ""), FileTime.fromMillis(2_000));
        Files.setLastModifiedTime(changed, FileTime.fromMillis(1_500));
        Files.setLastModifiedTime(jars, FileTime.fromMillis(1_000));
        assertThat(ClassArchive.options(target, jars, true)).contains("-XX:SharedArchiveFile=" + archive);

        Files.setLastModifiedTime(changed, FileTime.fromMillis(3_000));
        Files.setLastModifiedTime(jars, FileTime.fromMillis(1_000));
        assertThat(ClassArchive.options(target, jars, true)).contains("-XX:ArchiveClassesAtExit=" + archive);
    }
}
