package org.rtda.imaging.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.file.ImageFiles;

class PngReaderTest {
    private static final ReadOptions OPTIONS = ReadOptions.defaults();

    @Test
    void aGreyImageKeepsItsValues() throws IOException {
        BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setPixels(0, 0, 3, 2, new int[] {0, 1, 2, 128, 254, 255});

        DecodedImage read = ImageFiles.read(png(grey), OPTIONS);

        assertThat(read.image()).isEqualTo(new SampledImage(3, 2, 1, 8, new char[] {0, 1, 2, 128, 254, 255}));
        assertThat(read.facts()).isEqualTo(ImageFacts.of("PNG"));
    }

    @Test
    void sixteenBitsStaySixteenBits() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setPixels(0, 0, 2, 1, new int[] {258, 65535});

        assertThat(ImageFiles.read(png(grey), OPTIONS).image())
                .isEqualTo(new SampledImage(2, 1, 1, 16, new char[] {258, 65535}));
    }

    @Test
    void anAlphaChannelThatHidesNothingIsLeftOut() throws IOException {
        BufferedImage colours = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        colours.setRGB(0, 0, 0xff010203);
        colours.setRGB(1, 0, 0xfffffefd);

        assertThat(ImageFiles.read(png(colours), OPTIONS).image())
                .isEqualTo(new SampledImage(2, 1, 3, 8, new char[] {1, 2, 3, 255, 254, 253}));
    }

    @Test
    void anImageWithATransparentPixelIsRefused() throws IOException {
        BufferedImage colours = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        colours.setRGB(0, 0, 0xff010203);
        colours.setRGB(1, 0, 0xfefffefd);
        byte[] content = png(colours);

        assertThatThrownBy(() -> ImageFiles.read(content, OPTIONS))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("Images with transparent pixels cannot be read."
                        + " Put the image on a background and save it without transparency.");
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] content = png(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY));

        assertThatThrownBy(() -> ImageFiles.read(Arrays.copyOf(content, content.length - 20), OPTIONS))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aChangedByteIsFoundByItsCheckSum() throws IOException {
        byte[] content = png(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY));
        content[45] ^= 1;

        assertThatThrownBy(() -> ImageFiles.read(content, OPTIONS))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("The file is damaged: a check sum of a PNG chunk is wrong. Get the file again.");
    }

    static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ImageIO.write(image, "png", content);
        return content.toByteArray();
    }
}
