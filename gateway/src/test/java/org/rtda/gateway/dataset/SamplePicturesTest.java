package org.rtda.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.TestImages;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;

class SamplePicturesTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final SamplePictures samples = new SamplePictures(new DatasetReader(store, 1 << 20));

    @TempDir
    Path folder;

    @Test
    void aSheetHasARowForEachClassAndAGapBetweenPictures() throws IOException {
        TestImages.importInto(store, "busi", folder);

        BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(
                samples.png(new Datasets(store).find("busi").orElseThrow(), "train", SampleView.IMAGES, 2)));

        // two pictures of 8 pixels and a gap of 2 in each direction
        assertThat(sheet.getWidth()).isEqualTo(18);
        assertThat(sheet.getHeight()).isEqualTo(18);
        // of four images a class the first and the third: greys 0 and 4, then 101 and 105; the gap is white
        assertThat(grey(sheet, 0, 0)).isZero();
        assertThat(grey(sheet, 0, 10)).isEqualTo(4);
        assertThat(grey(sheet, 0, 9)).isEqualTo(255);
        assertThat(grey(sheet, 10, 0)).isEqualTo(101);
        assertThat(grey(sheet, 17, 17)).isEqualTo(105);
    }

    @Test
    void augMixAndItsDifferenceAreOfTheSameImages() throws IOException {
        TestImages.importInto(store, "busi", folder);
        BufferedImage images = sheet(SampleView.IMAGES);
        BufferedImage mixed = sheet(SampleView.AUGMIX);
        BufferedImage difference = sheet(SampleView.AUGMIX_DIFFERENCE);

        int changed = 0;
        for (int row = 0; row < 8; row++) {
            for (int column = 10; column < 18; column++) {
                int change = grey(mixed, row + 10, column) - grey(images, row + 10, column);
                // half the change around 127.5; each of the pictures is rounded to eight bits
                assertThat((double) grey(difference, row + 10, column)).isCloseTo(127.5 + change / 2.0, within(1.01));
                changed += change == 0 ? 0 : 1;
            }
        }
        assertThat(changed).isPositive();
        assertThat(sheet(SampleView.AUGMIX).getRaster().getDataBuffer().getSize())
                .isEqualTo(18 * 18);
        assertThat(grey(sheet(SampleView.AUGMIX), 12, 12)).isEqualTo(grey(mixed, 12, 12));
    }

    private BufferedImage sheet(SampleView view) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(
                samples.png(new Datasets(store).find("busi").orElseThrow(), "train", view, 2)));
    }

    @Test
    void aViewThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThat(SampleView.named("augmix-difference")).isEqualTo(SampleView.AUGMIX_DIFFERENCE);
        assertThatThrownBy(() -> SampleView.named("adversarial"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("view must be one of [images, augmix, augmix-difference], was adversarial");
    }

    private static int grey(BufferedImage image, int row, int column) {
        return image.getRaster().getSample(column, row, 0);
    }

    @Test
    void picturesAreSpreadEvenlyOverAClass() {
        assertThat(SamplePictures.chosen(new int[] {0, 1, 0, 0, 0, 1, 0, 0}, 0, 3))
                .containsExactly(0, 3, 6);
        assertThat(SamplePictures.chosen(new int[] {0, 1, 0}, 1, 3)).containsExactly(1);
        assertThat(SamplePictures.chosen(new int[] {0}, 1, 3)).isEmpty();
    }

    @Test
    void anUnknownSplitAndTooManyPicturesAreRefused() throws IOException {
        TestImages.importInto(store, "busi", folder);
        var busi = new Datasets(store).find("busi").orElseThrow();

        assertThatThrownBy(() -> samples.png(busi, "tset", SampleView.IMAGES, 2))
                .isInstanceOf(InvalidFieldException.class);
        assertThatThrownBy(() -> samples.png(busi, "test", SampleView.IMAGES, 33))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("perClass");
    }

    @Test
    void aSheetThatTakesTooMuchMemoryIsRefusedWithTheNumberThatFits() {
        // 22 classes: 22 x 1026 - 2 = 22570 rows; 3 channels of them are 67710 samples a column, so 247 columns fit:
        // none of 1024
        assertThatThrownBy(() -> SamplePictures.requireFits(3, 1024, 1024, 22, 32))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage(
                        "perClass must be absent: there is no sheet of 22 classes of images of 3 x 1024 x 1024, which is"
                                + " too large, was 32");
        // 4 classes: 4 x 1026 - 2 = 4102 rows, 4090 columns fit, which are 3 pictures and their gaps: 3 x 1026 - 2 =
        // 3076
        assertThatThrownBy(() -> SamplePictures.requireFits(1, 1024, 1024, 4, 8))
                .hasMessage("perClass must be in [1, 3] for 4 classes of images of 1 x 1024 x 1024, was 8");
        assertThatCode(() -> SamplePictures.requireFits(1, 1024, 1024, 4, 3)).doesNotThrowAnyException();
        // 256 classes at 4096 and 32 a class are 1049086 rows and 131134 columns: more than an int holds
        assertThatThrownBy(() -> SamplePictures.requireFits(3, 4096, 4096, 256, 32))
                .isInstanceOf(InvalidFieldException.class);
    }
}
