package org.rtda.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Read back by another program's decoder. */
class PngTest {
    private static BufferedImage image(float[] values, int channels, int height, int width) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Png.encode(values, channels, height, width)));
    }

    @Test
    void greyValuesAreRoundedToEightBitsAndCutOff() throws IOException {
        BufferedImage image = image(new float[] {0, 0.5f, 1, 2, -1, 0.25f}, 1, 2, 3);

        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isEqualTo(2);
        assertThat(image.getRaster().getPixels(0, 0, 3, 2, (int[]) null)).containsExactly(0, 128, 255, 255, 0, 64);
    }

    @Test
    void threeChannelsAreRedGreenAndBlue() throws IOException {
        BufferedImage image = image(new float[] {1, 0, 0, 0.2f, 0, 1}, 3, 1, 2);

        assertThat(image.getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xff0033ff);
    }

    @Test
    void ofTwoChannelsTheMeanIsDrawn() throws IOException {
        assertThat(image(new float[] {0, 1}, 2, 1, 1).getRaster().getPixels(0, 0, 1, 1, (int[]) null))
                .containsExactly(128);
    }

    @Test
    void anArrayOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> Png.encode(new float[3], 1, 2, 2)).hasMessageContaining("1 x 2 x 2, were 3 numbers");
    }
}
