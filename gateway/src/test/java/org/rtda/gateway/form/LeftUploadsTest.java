package org.rtda.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftUploadsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void filesOfAnEarlierGatewayAreRemovedAndThoseOfAnotherStay() throws IOException {
        Path left = written("left", START.minus(Duration.ofHours(25)));
        Path another = written("of-another-gateway", START.minus(Duration.ofHours(23)));
        Path subfolder = Files.createDirectory(folder.resolve("subfolder"));
        Files.setLastModifiedTime(subfolder, FileTime.from(START.minus(Duration.ofDays(9))));

        assertThat(LeftUploads.remove(folder, START.minus(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(left).doesNotExist();
        assertThat(another).exists();
        assertThat(subfolder).exists();
    }

    @Test
    void withoutTheFolderThereIsNothingToRemove() throws IOException {
        assertThat(LeftUploads.remove(folder.resolve("none"), START)).isZero();
    }

    private Path written(String name, Instant when) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[] {1});
        Files.setLastModifiedTime(file, FileTime.from(when));
        return file;
    }
}
