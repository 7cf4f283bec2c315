package org.rtda.imaging.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.GoldenImage;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;

class ImageFilesTest {
    private static final ReadOptions OPTIONS = ReadOptions.defaults();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static SampledImage read(String content) {
        return ImageFiles.read(ascii(content), OPTIONS).image();
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> read("")).isInstanceOf(UnreadableImageException.class);
        assertThatThrownBy(() -> read("name,label\n1.png,0\n"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("Files that are not PNG, JPEG, BMP, TIFF, PGM, PPM or DICOM cannot be read."
                        + " Save the image in one of these formats.");
    }

    @Test
    void textPgmIsRead() {
        assertThat(read("P2 # a comment\n2 2\n# another\n255\n0 1\n2 255\n"))
                .isEqualTo(new SampledImage(2, 2, 1, 8, new char[] {0, 1, 2, 255}));
    }

    @Test
    void aGreatestValueThatIsNoWholeNumberOfBitsIsScaled() {
        // of 100 to 127: 50 becomes 63.5, rounded to 64
        assertThat(read("P2 3 1 100 0 50 100")).isEqualTo(new SampledImage(3, 1, 1, 7, new char[] {0, 64, 127}));
        // 4095 is of 12 bits and stays
        assertThat(read("P2 2 1 4095 17 4095")).isEqualTo(new SampledImage(2, 1, 1, 12, new char[] {17, 4095}));
    }

    @Test
    void aPixelAboveTheGreatestValueIsDamage() {
        assertThatThrownBy(() -> read("P2 1 1 100 101"))
                .hasMessage(
                        "The file is damaged: a pixel has the value 101, its header says at most 100. Get the file again.");
    }

    @Test
    void severalImagesInOnePgmFileAreRefused() {
        assertThatThrownBy(() -> read("P5 1 1 255\n!P5 1 1 255\n!"))
                .hasMessageContaining("PGM and PPM files of several images");
    }

    @Test
    void whatAHeaderClaimsIsCheckedBeforeMemoryIsTaken() {
        assertThatThrownBy(() -> read("P5 8192 8193 255\n"))
                .hasMessage("The file declares an image of 8192 x 8193 pixels; at most 67108864 pixels are read."
                        + " Scale it down.");
        assertThatThrownBy(() -> read("P5 8192 8192 255\n")).hasMessageContaining("cut off");
    }

    @Test
    void aFileBeyondTheLimitOnBytesIsRefused() {
        assertThatThrownBy(() -> ImageFiles.read(ascii("P2 1 1 1 1"), OPTIONS.withLimits(new ReadLimits(9, 100))))
                .hasMessage("The file has 10 bytes; at most 9 are read. Scale the image down.");
    }

    @Test
    void pagesOfTiffAreFrames() {
        byte[] twoPages = tiff(2);

        assertThatThrownBy(() -> ImageFiles.read(twoPages, OPTIONS))
                .hasMessage(
                        "The file holds 2 pages and one image is wanted. Choose one by its number, 1 to 2, as frame.");
        assertThat(ImageFiles.read(twoPages, OPTIONS.withFrame(2)).image())
                .isEqualTo(new SampledImage(1, 1, 1, 8, new char[] {11}));
        assertThat(ImageFiles.read(tiff(1), OPTIONS).image().samples()).isEqualTo(new char[] {10});
    }

    @Test
    void tiffOfAnotherKindIsRefusedByName() {
        assertThatThrownBy(() -> ImageFiles.read(tiff(1, 259, 7), OPTIONS))
                .hasMessage("TIFF images with JPEG compression cannot be read."
                        + " Save the image without compression, or with LZW or deflate.");
        assertThatThrownBy(() -> ImageFiles.read(tiff(1, 262, 5), OPTIONS))
                .hasMessage("TIFF images in CMYK cannot be read. Save the image as grey or RGB.");
        assertThatThrownBy(() -> ImageFiles.read(tiff(1, 339, 3), OPTIONS))
                .hasMessageStartingWith("TIFF images of floating-point samples cannot be read.");
        // Pillow and tifffile show two different pictures of such a file
        assertThatThrownBy(() -> ImageFiles.read(tiff(1, 317, 2), OPTIONS))
                .hasMessage("TIFF images with predictor 2 but without LZW or deflate cannot be read."
                        + " Programs read them differently: save the image without predictor.");
    }

    @Test
    void pagesThatFormARingAreDamage() {
        byte[] ring = tiff(2);
        // the second page's next one is the first
        ByteBuffer.wrap(ring).order(ByteOrder.LITTLE_ENDIAN).putInt(ring.length - 4, 10);

        assertThatThrownBy(() -> ImageFiles.read(ring, OPTIONS)).hasMessageContaining("its pages form a ring");
    }

    /** Pages of one grey pixel each, 10 and 11; with a field of the given tag and value in place of what it has. */
    private static byte[] tiff(int pages, int... field) {
        int[][] fields = {
            {256, 1}, {257, 1}, {258, 8}, {259, 1}, {262, 1}, {273, 0}, {278, 1}, {279, 1}, {317, 1}, {339, 1}
        };
        int size = 2 + fields.length * 12 + 4;
        ByteBuffer file = ByteBuffer.allocate(10 + pages * size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("II*\0")).putInt(10).put((byte) 10).put((byte) 11);
        for (int page = 0; page < pages; page++) {
            file.putShort((short) fields.length);
            for (int[] entry : fields) {
                int value = field.length > 0 && field[0] == entry[0] ? field[1] : entry[0] == 273 ? 8 + page : entry[1];
                file.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(value);
            }
            file.putInt(page + 1 < pages ? 10 + (page + 1) * size : 0);
        }
        return file.array();
    }

    @Test
    void aBitmapIsReadFromItsLowestRow() {
        ByteBuffer file = ByteBuffer.allocate(54 + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("BM")).putInt(70).putInt(0).putInt(54);
        file.putInt(40)
                .putInt(2)
                .putInt(2)
                .putShort((short) 1)
                .putShort((short) 24)
                .putInt(0);
        file.position(54);
        file.put(new byte[] {1, 2, 3, 4, 5, 6, 0, 0}); // blue, green, red
        file.put(new byte[] {7, 8, 9, 10, 11, 12, 0, 0});

        assertThat(ImageFiles.read(file.array(), OPTIONS).image())
                .isEqualTo(new SampledImage(2, 2, 3, 8, new char[] {9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4}));
    }

    @Test
    void jpegWithoutItsEndIsRefusedInsteadOfFilledWithGrey() {
        GoldenImage whole = GoldenImage.ofResource("pictures").stream()
                .filter(picture -> picture.name().equals("grey.JPEG"))
                .findFirst()
                .orElseThrow();
        ByteArrayOutputStream half = new ByteArrayOutputStream();
        half.write(whole.content(), 0, whole.content().length - 60);

        assertThatThrownBy(() -> ImageFiles.read(half.toByteArray(), OPTIONS))
                .hasMessage(
                        "The file is damaged: its JPEG data are cut off: their end is missing. Get the file again.");

        // an end that comes too early is a fault as well
        half.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        assertThatThrownBy(() -> ImageFiles.read(half.toByteArray(), OPTIONS))
                .hasMessage("The file is damaged: its JPEG data cannot be decoded without faults. Get the file again.");
    }
}
