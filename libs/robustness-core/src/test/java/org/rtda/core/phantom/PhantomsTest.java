package org.rtda.core.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;

class PhantomsTest {
    /** Of the pixels and labels of 4 training, 2 validation, 2 test and 2 shift images of 28 x 28, seed 1. */
    private static final Map<Modality, String> SHA256 = Map.of(
            Modality.MAMMOGRAM, "5a8257c10e3aea8599a52ec322f6e3151d68cb9233191de41a1353d91ffd92fc",
            Modality.CHEST_XRAY, "e63b09538797b96dc5fb8e6e27be6cc51b30b51b388d3aa03584e1c3a03ce1a0",
            Modality.ULTRASOUND, "570b94870861bcd8d3e1916f8ccfea15e9f710b34f4b18e43735e00d08bd368b");

    @ParameterizedTest
    @EnumSource
    void theSameSeedMakesTheSameBytesOnEveryMachine(Modality modality) throws NoSuchAlgorithmException {
        PhantomSet set = Phantoms.generate(modality, 28, 4, 2, 2, 2, new Seed(1));

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        set.splits().forEach((name, split) -> {
            split.images().forEach(image -> digest.update(image.data()));
            Arrays.stream(split.labels()).forEach(label -> digest.update((byte) label));
        });
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(SHA256.get(modality));
    }

    @ParameterizedTest
    @EnumSource
    void anImageDoesNotDependOnHowManyThereAreButOnTheSeed(Modality modality) {
        PhantomSet few = Phantoms.generate(modality, 28, 3, 0, 2, 0, new Seed(5));
        PhantomSet more = Phantoms.generate(modality, 28, 3, 2, 2, 4, new Seed(5));
        PhantomSet other = Phantoms.generate(modality, 28, 3, 0, 2, 0, new Seed(6));

        assertThat(few.splits()).containsOnlyKeys("train", "test");
        assertThat(more.splits().keySet()).containsExactly("train", "val", "test", "shift-other-scanner");
        assertThat(more.split("train")).isEqualTo(few.split("train"));
        assertThat(more.split("test")).isEqualTo(few.split("test"));
        assertThat(other.split("train")).isNotEqualTo(few.split("train"));
    }

    @Test
    void classesAreBalancedInEverySplitAndMixed() {
        PhantomSet set = Phantoms.generate(Modality.MAMMOGRAM, 16, 41, 10, 20, 9, new Seed(2));

        set.splits().forEach((name, split) -> assertThat(
                        Arrays.stream(split.labels()).sum())
                .as(name)
                .isEqualTo(split.images().size() / 2));
        int[] labels = set.split("train").labels();
        assertThat(Arrays.stream(Arrays.copyOf(labels, 20)).sum()).isBetween(4, 16);
        assertThat(labels[0] != labels[1]
                        && labels[1] != labels[2]
                        && labels[2] != labels[3]
                        && labels[3] != labels[4]
                        && labels[4] != labels[5])
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void noImageIsInTwoSplitsOrTwiceInOne(Modality modality) {
        PhantomSet set = Phantoms.generate(modality, 28, 4, 2, 2, 2, new Seed(3));

        Set<ByteImage> different = new HashSet<>();
        set.splits().values().forEach(split -> different.addAll(split.images()));
        assertThat(different).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void imagesUseTheGreyScaleAndAreSeldomCut(Modality modality) {
        for (int side : new int[] {28, 64, 128}) {
            PhantomSet set = Phantoms.generate(modality, side, 2, 0, 0, 2, new Seed(4));
            for (PhantomSet.Split split : set.splits().values()) {
                for (ByteImage image : split.images()) {
                    assertThat(List.of(image.channels(), image.height(), image.width()))
                            .containsExactly(1, side, side);
                    int[] values = new int[side * side];
                    Arrays.setAll(values, i -> image.data()[i] & 0xff);
                    Arrays.sort(values);
                    assertThat(values[values.length * 95 / 100] - values[values.length * 5 / 100])
                            .as("%s, %d pixels: grey levels of nine tenths", modality, side)
                            .isGreaterThan(40);
                    assertThat(values[values.length / 2]).isBetween(40, 200);
                }
            }
        }
    }

    @Test
    void benignLesionsAreBrighterBehindThanMalignantOnes() {
        PhantomSet.Split train = Phantoms.generate(Modality.ULTRASOUND, 28, 60, 0, 0, 0, new Seed(8))
                .split("train");
        double[] behind = new double[2];
        for (int i = 0; i < 60; i++) {
            // rows 18 to 22 of 28 are 26 to 33 mm deep, behind nearly every lesion
            for (int row = 18; row < 23; row++) {
                for (int column = 10; column < 18; column++) {
                    behind[train.labels()[i]] += train.images().get(i).value(0, row, column) / (30.0 * 40);
                }
            }
        }

        assertThat(behind[0] - behind[1]).isGreaterThan(8);
    }

    @Test
    void consolidatedLungsAreWhiterThanClearOnes() {
        PhantomSet.Split train = Phantoms.generate(Modality.CHEST_XRAY, 28, 60, 0, 0, 0, new Seed(9))
                .split("train");
        double[] lungs = new double[2];
        for (int i = 0; i < 60; i++) {
            for (int row = 6; row < 19; row++) {
                for (int column : new int[] {5, 6, 7, 8, 9, 18, 19, 20, 21, 22}) {
                    lungs[train.labels()[i]] += train.images().get(i).value(0, row, column) / (30.0 * 130);
                }
            }
        }

        assertThat(lungs[1] - lungs[0]).isGreaterThan(4);
    }

    @Test
    void whatIsAskedForIsChecked() {
        Seed seed = new Seed(1);
        assertThatThrownBy(() -> Phantoms.generate(Modality.MAMMOGRAM, 15, 2, 0, 0, 0, seed))
                .hasMessage("side must be in [16, 512], was 15");
        assertThatThrownBy(() -> Phantoms.generate(Modality.MAMMOGRAM, 28, 1, 0, 0, 0, seed))
                .hasMessage("train must be in [2, 100000], was 1");
        assertThatThrownBy(() -> Phantoms.generate(Modality.MAMMOGRAM, 28, 2, -1, 0, 0, seed))
                .hasMessage("val must be in [0, 100000], was -1");
        assertThatThrownBy(() -> Modality.named("mri"))
                .hasMessage("modality must be one of [mammogram, chest-xray, ultrasound], was mri");
        assertThat(Modality.named("chest-xray")).isEqualTo(Modality.CHEST_XRAY);
        assertThatThrownBy(() -> Phantoms.generate(Modality.MAMMOGRAM, 16, 2, 0, 0, 0, seed)
                        .split("test"))
                .hasMessage("split must be one of [train], was test");
    }

    @ParameterizedTest
    @EnumSource
    void eachSetSaysWhereItComesFrom(Modality modality) {
        PhantomSet set = Phantoms.generate(modality, 16, 2, 0, 0, 0, new Seed(1));

        assertThat(set.classNames()).hasSize(2).isEqualTo(modality.classNames());
        assertThat(set.provenance()).contains("phantoms").endsWith("Not patient data.");
    }
}
