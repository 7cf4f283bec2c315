package org.rtda.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.GoldenImage;
import org.rtda.imaging.GoldenImage.Comparison;

/**
 * pydicom's own test files and transcodings of them, which stay outside the project: {@code src/test/golden/dicom_golden.py --pydicom
 * FILE} makes the container that RTDA_PYDICOM_GOLDEN names. The result, file by file, is written to {@code target/pydicom-files.txt}.
 */
class PydicomFilesTest {

    /** JPEG 2000 that is not reversible leaves the last bit to the decoder; everything else is exact. */
    static int tolerance(GoldenImage file) {
        return file.name().contains("jpeg-2000-lossy") || file.name().equals("JPEG2000.dcm") ? 1 : 0;
    }

    @Test
    void noFileHasOtherPixelsThanPydicomReads() throws IOException {
        String container = System.getenv("RTDA_PYDICOM_GOLDEN");
        assumeTrue(
                container != null,
                "skipped: RTDA_PYDICOM_GOLDEN does not name the container of dicom_golden.py --pydicom");
        List<String> lines = new ArrayList<>();
        SoftAssertions softly = new SoftAssertions();
        try (InputStream in = Files.newInputStream(Path.of(container))) {
            for (GoldenImage file : GoldenImage.read(in)) {
                Comparison comparison = file.compare();
                lines.add(file.name() + "\t" + said(file, comparison));
                softly.assertThat(comparison.stored()).as(file.name()).isLessThanOrEqualTo(tolerance(file));
                if (tolerance(file) == 0) {
                    softly.assertThat(comparison.windowed()).as(file.name()).isZero();
                }
                if (file.expected().isEmpty()) {
                    softly.assertThat(comparison.isRefused()).as(file.name()).isTrue();
                }
            }
        }
        Files.write(Path.of("target", "pydicom-files.txt"), lines);
        softly.assertAll();
        assertThat(lines).hasSizeGreaterThan(200);
    }

    private static String said(GoldenImage file, Comparison comparison) {
        if (comparison.isRefused()) {
            return (file.expected().isEmpty() && !file.undecoded().contains("pydicom decodes it")
                            ? "neither reads it\t"
                            : "refused here\t")
                    + comparison.refusal();
        }
        return comparison.isEqual()
                ? "equal"
                : "differs\tby " + comparison.stored() + " stored, " + comparison.windowed() + " windowed";
    }
}
