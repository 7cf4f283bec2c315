package org.rtda.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.Windowing;
import org.rtda.imaging.file.ImageFiles;

/** Stored values to samples, worked by hand. */
class GreyScaleTest {
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";

    private static DicomWriter writer() {
        return new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN);
    }

    private static SampledImage read(DicomWriter writer, ReadOptions options) {
        return ImageFiles.read(writer.file(EXPLICIT), options).image();
    }

    private static SampledImage read(DicomWriter writer) {
        return read(writer, ReadOptions.defaults());
    }

    @Test
    void withoutAWindowTheStoredValuesAreTheSamples() {
        assertThat(read(writer().grey("MONOCHROME2", 2, 2, 12, false).pixels(0, 1, 2048, 4095)))
                .isEqualTo(new SampledImage(2, 2, 1, 12, new char[] {0, 1, 2048, 4095}));
    }

    @Test
    void signedValuesBeginAtTheLeast() {
        assertThat(read(writer().grey("MONOCHROME2", 2, 2, 12, true).pixels(-2048, -1, 0, 2047)))
                .isEqualTo(new SampledImage(2, 2, 1, 12, new char[] {0, 2047, 2048, 4095}));
    }

    @Test
    void zeroIsWhiteInMonochrome1() {
        assertThat(read(writer().grey("MONOCHROME1", 2, 2, 12, false).pixels(0, 1, 2048, 4095)))
                .isEqualTo(new SampledImage(2, 2, 1, 12, new char[] {4095, 4094, 2047, 0}));
    }

    @Test
    void aSlopeThatFallsTurnsBlackAndWhite() {
        assertThat(read(writer().grey("MONOCHROME2", 2, 2, 8, false)
                        .text(0x0028_1052, "DS", "0")
                        .text(0x0028_1053, "DS", "-1")
                        .element(0x7fe0_0010, "OB", new byte[] {0, 1, 2, (byte) 255})))
                .isEqualTo(new SampledImage(2, 2, 1, 8, new char[] {255, 254, 253, 0}));
    }

    @Test
    void aWindowMapsModalityValuesToSixteenBits() {
        // Hounsfield units stored + 1024; window 40/400: black up to 40 - 0.5 - 199.5 = -160, white above 39.5 + 199.5
        // = 239;
        // 39.5 is the middle: at 40, (0.5 / 399 + 0.5) * 65535 + 0.5 = 32850.1
        assertThat(read(writer().grey("MONOCHROME2", 4, 1, 12, false)
                                .text(0x0028_1050, "DS", "40")
                                .text(0x0028_1051, "DS", "400")
                                .text(0x0028_1052, "DS", "-1024")
                                .text(0x0028_1053, "DS", "1")
                                .pixels(0, 864, 1064, 1264))
                        .samples())
                .isEqualTo(new char[] {0, 0, 32850, 65535});
    }

    @Test
    void aGivenWindowComesBeforeTheFiles() {
        DicomWriter file = writer().grey("MONOCHROME2", 3, 1, 8, false)
                .text(0x0028_1050, "DS", "1")
                .text(0x0028_1051, "DS", "1")
                .element(0x7fe0_0010, "OB", new byte[] {0, 100, 127, 0});

        // 128/256: (100 - 127.5) / 255 + 0.5 = 100 / 255, in 16 bits 257 times 100
        assertThat(read(file, ReadOptions.defaults().withWindowing(Windowing.given(128, 256)))
                        .samples())
                .isEqualTo(new char[] {0, 25700, 32639});
        assertThat(read(file, ReadOptions.defaults().withWindowing(Windowing.none()))
                        .samples())
                .isEqualTo(new char[] {0, 100, 127});
        // 1/1: black up to 0.5, white above
        assertThat(read(file).samples()).isEqualTo(new char[] {0, 65535, 65535});
    }

    @Test
    void paddingIsBlackAlsoWhereZeroIsWhite() {
        assertThat(read(writer().grey("MONOCHROME1", 2, 2, 8, false)
                                .shorts(0x0028_0120, "US", 250)
                                .shorts(0x0028_0121, "US", 252)
                                .element(0x7fe0_0010, "OB", new byte[] {0, (byte) 250, (byte) 252, (byte) 253}))
                        .samples())
                .isEqualTo(new char[] {255, 0, 0, 2});
    }

    @Test
    void unusedBitsDoNotCount() {
        // 10 bits stored; what stands above them is an overlay of old
        assertThat(read(writer().shorts(0x0028_0002, "US", 1)
                                .text(0x0028_0004, "CS", "MONOCHROME2")
                                .shorts(0x0028_0010, "US", 1)
                                .shorts(0x0028_0011, "US", 2)
                                .shorts(0x0028_0100, "US", 16)
                                .shorts(0x0028_0101, "US", 10)
                                .shorts(0x0028_0102, "US", 11)
                                .shorts(0x0028_0103, "US", 0)
                                .pixels(0xf000 | 1023 << 2 | 3, 5 << 2))
                        .samples())
                .isEqualTo(new char[] {1023, 5});
    }

    @Test
    void twoSamplesInAWordOfBigEndianAreSwapped() {
        // PS3.5 annex A.3: words of 16 bits, the most significant byte first; the first sample is in the lower half
        byte[] file = new DicomWriter(Encoding.EXPLICIT_BIG_ENDIAN)
                .grey("MONOCHROME2", 2, 2, 8, false)
                .element(0x7fe0_0010, "OW", new byte[] {2, 1, 4, 3})
                .file("1.2.840.10008.1.2.2");

        assertThat(ImageFiles.read(file, ReadOptions.defaults()).image().samples())
                .isEqualTo(new char[] {1, 2, 3, 4});
    }

    @Test
    void aWindowWithoutWidthIsRefused() {
        DicomWriter file = writer().grey("MONOCHROME2", 1, 1, 8, false)
                .text(0x0028_1050, "DS", "40")
                .text(0x0028_1051, "DS", "0")
                .element(0x7fe0_0010, "OB", new byte[2]);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "The file's window has center 40.0 and width 0.0; a width of at least 1 is needed (above 0 unless the"
                                + " function is LINEAR). Give a window, or read the image without one.");
    }

    @Test
    void severalFramesAreRefusedUnlessOneIsChosen() {
        DicomWriter file = writer().grey("MONOCHROME2", 1, 1, 12, false)
                .text(0x0028_0008, "IS", "3")
                .pixels(10, 20, 30);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "The file holds 3 frames and one image is wanted. Choose one by its number, 1 to 3, as frame.");
        assertThat(read(file, ReadOptions.defaults().withFrame(2)).samples()).isEqualTo(new char[] {20});
        assertThatThrownBy(() -> read(file, ReadOptions.defaults().withFrame(4)))
                .hasMessage("The file holds 3 frames, so there is no frame 4. Choose one from 1 to 3.");
    }

    @Test
    void aFileWithoutPreambleAndMetaInformationIsRead() {
        byte[] bare = writer().text(0x0008_0060, "CS", "MG")
                .grey("MONOCHROME2", 1, 1, 12, false)
                .pixels(7)
                .bytes();
        byte[] big = new DicomWriter(Encoding.EXPLICIT_BIG_ENDIAN)
                .text(0x0008_0060, "CS", "MG")
                .grey("MONOCHROME2", 1, 1, 12, false)
                .pixels(7)
                .bytes();
        byte[] implicit = new DicomWriter(Encoding.IMPLICIT_LITTLE_ENDIAN)
                .text(0x0008_0060, "CS", "MG")
                .grey("MONOCHROME2", 1, 1, 12, false)
                .pixels(7)
                .bytes();

        for (byte[] content : new byte[][] {bare, big, implicit}) {
            assertThat(ImageFiles.read(content, ReadOptions.defaults()).image().samples())
                    .isEqualTo(new char[] {7});
        }
    }

    @Test
    void fewerPixelsThanTheFileSaysAreRefused() {
        assertThatThrownBy(
                        () -> read(writer().grey("MONOCHROME2", 2, 2, 12, false).pixels(1, 2, 3)))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("The file is damaged: its pixels need 8 bytes, it has 6. Get the file again.");
    }

    @Test
    void severalCompressedImagesInAFileOfOneFrameAreRefused() {
        byte[] begin = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
        DicomWriter file = writer().grey("MONOCHROME2", 2, 2, 8, false).fragments(begin, begin);

        assertThatThrownBy(() -> ImageFiles.read(file.file("1.2.840.10008.1.2.4.50"), ReadOptions.defaults()))
                .hasMessageContaining("it says that it has one frame, and its pixels are those of several");
    }

    @Test
    void aSyntaxThatIsNotDecodedIsRefusedByItsName() {
        DicomWriter file = writer().grey("MONOCHROME2", 2, 2, 8, false).fragments(new byte[4]);

        assertThatThrownBy(() -> ImageFiles.read(file.file("1.2.840.10008.1.2.4.201"), ReadOptions.defaults()))
                .hasMessage("DICOM files in the transfer syntax High-Throughput JPEG 2000 Lossless cannot be read."
                        + " Convert the file to Explicit VR Little Endian, RLE, JPEG Lossless or JPEG 2000.");
    }

    @Test
    void aRetiredSyntaxIsRefusedAsSuch() {
        DicomWriter file = writer().grey("MONOCHROME2", 2, 2, 8, false).fragments(new byte[4]);

        assertThatThrownBy(() -> ImageFiles.read(file.file("1.2.840.10008.1.2.4.55"), ReadOptions.defaults()))
                .hasMessageStartingWith("DICOM files in a retired JPEG transfer syntax cannot be read.");
    }

    @Test
    void aDeflatedDataSetGrowsToTheLimitAndNoFurther() throws IOException {
        byte[] plain = writer().element(0x0009_1010, "OB", new byte[1 << 20])
                .grey("MONOCHROME2", 1, 1, 12, false)
                .pixels(7)
                .bytes();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, new Deflater(9, true))) {
            out.write(plain);
        }
        byte[] file = writer().raw(deflated.toByteArray()).file("1.2.840.10008.1.2.1.99");

        assertThat(ImageFiles.read(file, ReadOptions.defaults()).image().samples())
                .isEqualTo(new char[] {7});
        assertThatThrownBy(() -> ImageFiles.read(file, ReadOptions.defaults().withLimits(new ReadLimits(1 << 20, 100))))
                .hasMessage("The deflated data set grows beyond 1048576 bytes; no more are read."
                        + " Check where the file comes from.");
    }
}
