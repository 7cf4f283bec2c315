package org.rtda.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.file.ImageFiles;

/** Pictures of real image sets as their publishers made them, from the folder {@code samples} of RTDA_DATA_DIR. */
class RealSamplesTest {

    @Test
    void everyPictureIsRead() throws IOException {
        String folder = System.getenv("RTDA_DATA_DIR");
        assumeTrue(folder != null, "skipped: RTDA_DATA_DIR does not name the folder of the real image sets");

        List<Path> files;
        try (Stream<Path> found = Files.walk(Path.of(folder, "samples"))) {
            files = found.filter(Files::isRegularFile).toList();
        }

        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                        ImageFiles.read(Files.readAllBytes(file), ReadOptions.defaults())
                                .image()
                                .bits())
                .isEqualTo(8));
    }
}
