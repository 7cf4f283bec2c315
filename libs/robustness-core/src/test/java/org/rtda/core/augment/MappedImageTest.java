package org.rtda.core.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.core.ByteImage;

class MappedImageTest {
    private static final ByteImage GREY = new ByteImage(1, 2, 2, new byte[] {1, 1, 2, (byte) 200});

    @Test
    void anImageWithoutTablesGivesItsOwnBytes() {
        assertThat(MappedImage.of(GREY).values()).isSameAs(GREY.data());
    }

    @Test
    void tablesAreGoneThroughInTheirOrder() {
        MappedImage image = MappedImage.of(GREY).through(table(1, 5)).through(table(5, 9));
        assertThat(image.values()).containsExactly(9, 9, 2, (byte) 200);
        MappedImage otherWayRound = MappedImage.of(GREY).through(table(5, 9)).through(table(1, 5));
        assertThat(otherWayRound.values()).containsExactly(5, 5, 2, (byte) 200);
    }

    @Test
    void histogramsCountTheValuesAfterTheTable() {
        MappedImage image = MappedImage.of(GREY);
        assertThat(image.histogram(0)[1]).isEqualTo(2);
        int[] merged = image.through(table(1, 200)).histogram(0);
        assertThat(merged[1]).isZero();
        assertThat(merged[2]).isEqualTo(1);
        assertThat(merged[200]).isEqualTo(3);
        assertThat(image.histogram(0)[1]).as("of the image itself").isEqualTo(2);
    }

    @Test
    void eachChannelHasItsOwnTable() {
        MappedImage image = MappedImage.of(new ByteImage(3, 1, 2, new byte[] {1, 2, 1, 2, 1, 2}))
                .through(new byte[][] {table(1, 7)[0], MappedImage.UNCHANGED, table(2, 8)[0]});
        assertThat(image.values()).containsExactly(7, 2, 1, 2, 1, 8);
        assertThat(image.histogram(0)[7]).isEqualTo(1);
        assertThat(image.histogram(1)[7]).isZero();
    }

    @Test
    void whatStoredValuesStandForIsUnsigned() {
        MappedImage image = MappedImage.of(GREY).through(table(1, 255));
        assertThat(image.levels(0)[1]).isEqualTo(255.0);
        assertThat(image.floatLevels(0)[200]).isEqualTo(200f);
    }

    /** (1 + 1 + 2 + 200) / 4 = 51; with 4 for each 1 (4 + 4 + 2 + 200) / 4 = 52.5, rounded half up. */
    @Test
    void theMeanIsThatOfTheValuesAfterTheTable() {
        assertThat(Grey.mean(MappedImage.of(GREY))).isEqualTo(51);
        assertThat(Grey.mean(MappedImage.of(GREY).through(table(1, 4)))).isEqualTo(53);
    }

    /** Solarize would turn 200 into 55 only if it saw it: the table before makes it 10. What comes in from outside stays 0. */
    @Test
    void operationsSeeTheValuesAfterTheTable() {
        ByteImage row = new ByteImage(1, 1, 3, new byte[] {(byte) 200, 10, 30});
        MappedImage image = MappedImage.of(row).through(table(200, 10)).through(table(0, 99));
        assertThat(new Solarize().apply(image, 5, false).values()).containsExactly(10, 10, 30);
        assertThat(new TranslateX().apply(image, 10, true).values()).containsExactly(0, 10, 10);
        assertThat(new Sharpness().apply(image, 10, false).values()).containsExactly(10, 10, 30);
        assertThat(CubicShear.ofRows(image, 2).values()).containsExactly(10, 30, 0);
    }

    /** The table of one grey channel that changes one value. */
    private static byte[][] table(int from, int to) {
        byte[] table = MappedImage.UNCHANGED.clone();
        table[from] = (byte) to;
        return new byte[][] {table};
    }
}
