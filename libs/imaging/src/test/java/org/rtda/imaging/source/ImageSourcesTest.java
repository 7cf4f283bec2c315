package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourcesTest {
    @TempDir
    Path folder;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void whetherAnArchiveBeginsWithAnArrayIsSeenFromItsFirstBytes() throws IOException {
        byte[] npz = new ZipBytes().file("train_images.npy", new byte[] {1}).bytes();
        byte[] pictures = new ZipBytes().file("a/1.png", new byte[] {1}).bytes();

        assertThat(ImageSources.beginsWithArray(file("upload", npz))).isTrue();
        assertThat(ImageSources.beginsWithArray(file("upload", pictures))).isFalse();
        assertThat(ImageSources.beginsWithArray(file("upload", new byte[] {'P', 'K', 3, 4})))
                .isFalse();
    }

    @Test
    void anUploadIsCalledAsItsOwnerCallsIt() throws IOException {
        Path upload = file("2f1c", new ZipBytes().file("1.png", new byte[] {1}).bytes());

        assertThatThrownBy(() -> ImageSources.openArchive(upload, "scans.zip", SourceOptions.DEFAULT))
                .hasMessageStartingWith("scans.zip holds no folder of images");
    }

    @Test
    void aTableInAnArchiveHasTheLimitThatIsGiven() throws IOException {
        Path upload = file("2f1c", new ZipBytes().file("t.csv", new byte[100]).bytes());
        SourceOptions small = SourceOptions.DEFAULT.withLimits(new SourceLimits(ZipLimits.DEFAULT, 99));

        assertThatThrownBy(() -> ImageSources.openArchive(upload, "scans.zip", small))
                .hasMessage("scans.zip: t.csv unpacks to 100 bytes; at most 99 are read");
    }

    @Test
    void aPatternThatTriesEveryWayToDivideAPathIsRefused() {
        PatientPattern endless = PatientPattern.of("a*a*a*a*(b)");

        assertThatThrownBy(() -> endless.patient("a".repeat(200) + ".png"))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessageStartingWith("the pattern that finds patients in paths takes too long: a*a*a*a*(b);");
        assertThat(endless.patient("aaab.png")).contains("b");
    }
}
