package org.rtda.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.imaging.GoldenImage;
import org.rtda.imaging.GoldenImage.Comparison;

/** Small files of every transfer syntax, photometric interpretation, window and table, as pydicom reads them. */
class GoldenDicomTest {

    static List<GoldenImage> files() {
        return GoldenImage.ofResource("dicom");
    }

    @Test
    void noKindOfFileWasLost() {
        assertThat(files()).hasSize(152);
    }

    @Test
    void manyThreadsReadWhatOneReads() {
        List<Comparison> one = files().stream().map(GoldenImage::compare).toList();

        List<Comparison> many = IntStream.range(0, 8)
                .parallel()
                .mapToObj(
                        i -> files().parallelStream().map(GoldenImage::compare).toList())
                .flatMap(List::stream)
                .distinct()
                .toList();

        assertThat(many)
                .containsExactlyInAnyOrderElementsOf(one.stream().distinct().toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void itsPixelsArePydicomsOrItIsRefusedByTheNameOfItsSyntax(GoldenImage file) {
        Comparison comparison = file.compare();

        if (file.name().contains("jpeg-ls")) {
            assertThat(comparison.refusal()).contains("in the transfer syntax JPEG-LS");
        } else if (file.name().matches("grey1[02].*jpeg-extended.dcm")) {
            assertThat(comparison.refusal()).contains("JPEG images of the process \"extended\" cannot be read");
        } else if (file.name().matches("rgb-jpeg-(baseline|extended).dcm")) {
            // GDCM writes luminance and says RGB; pydicom believes it and shows colours that are 58 of 255 off on
            // average
            assertThat(comparison.refusal()).contains("marked as luminance and chrominance");
        } else {
            assertThat(comparison.refusal()).isEmpty();
            assertThat(file.expected()).isNotEmpty();
            assertThat(comparison.stored()).isLessThanOrEqualTo(PydicomFilesTest.tolerance(file));
            assertThat(comparison.windowed()).isLessThanOrEqualTo(PydicomFilesTest.tolerance(file));
        }
    }
}
