package org.rtda.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.imaging.source.ImageCollection;
import org.rtda.imaging.source.SourceOptions;

class GivenSourceTest {
    @TempDir
    Path folder;

    private Path archive(String entry) throws IOException {
        Path file = folder.resolve("2f1c");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(new byte[] {1, 2, 3});
            zip.closeEntry();
        }
        return file;
    }

    @Test
    void anUploadHasNoFileAnyMoreWhileItIsRead() throws IOException {
        Path file = archive("a/1.png");

        try (ImageCollection opened = GivenSource.upload(file, "scans.zip").open(SourceOptions.DEFAULT)) {
            assertThat(file).doesNotExist();
            assertThat(opened.files().read("a/1.png", 10)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aFileOfThisMachineStays() throws IOException {
        Path file = archive("a/1.png");

        GivenSource.at(file).open(SourceOptions.DEFAULT).close();

        assertThat(file).exists();
    }

    @Test
    void anUploadThatCannotBeOpenedIsCalledAsItsOwnerCallsIt() throws IOException {
        Path file = archive("1.png");

        assertThatThrownBy(() -> GivenSource.upload(file, "scans.zip").open(SourceOptions.DEFAULT))
                .hasMessageStartingWith("scans.zip holds no folder");
    }

    @Test
    void anUploadIsOfArraysByItsNameOrItsFirstFile() throws IOException {
        assertThat(GivenSource.upload(archive("a/1.png"), "scans.zip").isNpz()).isFalse();
        assertThat(GivenSource.upload(archive("a/1.png"), "Scans.NPZ").isNpz()).isTrue();
        assertThat(GivenSource.upload(archive("test_images.npy"), "other").isNpz())
                .isTrue();
    }
}
