package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.check.InvalidFieldException;

class AuditFileTest {
    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("of/the"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Lines of ten bytes with their end, in files of 25: two to a file. */
    @Test
    void aFullFileMovesOnAndTheOldestIsRemoved() throws IOException {
        Path path = folder.resolve("of/the/audit.jsonl");
        AuditFile file = new AuditFile(path, 25, 3);
        for (int line = 1; line <= 9; line++) {
            file.append("entry 00" + line);
        }

        assertThat(files()).containsExactly("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2");
        assertThat(Files.readAllLines(path)).containsExactly("entry 009");
        assertThat(Files.readAllLines(folder.resolve("of/the/audit.jsonl.1")))
                .containsExactly("entry 007", "entry 008");
        assertThat(Files.readAllLines(folder.resolve("of/the/audit.jsonl.2")))
                .containsExactly("entry 005", "entry 006");
    }

    @Test
    void oneThatCannotBeWrittenIsRefusedBeforeTheFirstEntry() throws IOException {
        Path noFolder = Files.write(folder.resolve("a-file"), new byte[0]);
        AuditFile file = new AuditFile(noFolder.resolve("audit.jsonl"), 1000, 3);

        assertThatThrownBy(file::open)
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("rtda.audit.file must be a file that the gateway may write")
                .hasMessageEndingWith("was " + noFolder.resolve("audit.jsonl"));
    }

    @Test
    void openingItWritesNothing() throws IOException {
        Path path = folder.resolve("audit.jsonl");
        new AuditFile(path, 1000, 3).open();

        assertThat(path).isEmptyFile();
    }

    @Test
    void oneThatIsThereIsContinued() throws IOException {
        Path path = folder.resolve("audit.jsonl");
        new AuditFile(path, 1000, 3).append("before");
        new AuditFile(path, 1000, 3).append("after");

        assertThat(Files.readAllLines(path)).containsExactly("before", "after");
    }

    @Test
    void withOneFileTheOldLinesGo() throws IOException {
        Path path = folder.resolve("audit.jsonl");
        AuditFile file = new AuditFile(path, 10, 1);
        file.append("entry 001");
        file.append("entry 002");

        assertThat(Files.readAllLines(path)).containsExactly("entry 002");
    }

    @Test
    void aFileThatCannotBeWrittenIsAnError() throws IOException {
        Path folderInItsPlace = Files.createDirectory(folder.resolve("audit.jsonl"));

        assertThatThrownBy(() -> new AuditFile(folderInItsPlace, 1 << 20, 3).append("entry"))
                .isInstanceOf(IOException.class);
    }
}
