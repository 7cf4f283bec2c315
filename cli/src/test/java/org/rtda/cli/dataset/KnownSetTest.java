package org.rtda.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownSetTest {

    @Test
    void filesAreNamedAsTheyArePublished() {
        assertThat(KnownSet.BREASTMNIST.file(28)).isEqualTo("breastmnist.npz");
        assertThat(KnownSet.BREASTMNIST.file(64)).isEqualTo("breastmnist_64.npz");
        assertThat(KnownSet.BREASTMNIST.md5(224)).isEqualTo("b56378a6eefa9fed602bb16d192d4c8b");
        assertThat(KnownSet.PNEUMONIAMNIST.md5(28)).isEqualTo("28209eda62fecd6e6a2d98b1501bb15f");
    }

    @Test
    void everyFileHasAChecksumOfItsOwn() {
        Set<String> all = new HashSet<>();
        for (KnownSet set : KnownSet.values()) {
            for (int size : KnownSet.SIZES) {
                assertThat(set.md5(size)).as(set + " " + size).matches("[0-9a-f]{32}");
                assertThat(all.add(set.md5(size))).as(set + " " + size).isTrue();
            }
        }
        assertThat(all).hasSize(44);
    }

    @Test
    void theHealthyClassIsTheOneWithoutDisease() {
        assertThat(KnownSet.BREASTMNIST.classes().get(Integer.parseInt(KnownSet.BREASTMNIST.healthy())))
                .isEqualTo("normal, benign");
        assertThat(KnownSet.PNEUMONIAMNIST.classes().get(Integer.parseInt(KnownSet.PNEUMONIAMNIST.healthy())))
                .isEqualTo("normal");
        assertThat(KnownSet.OCTMNIST.classes().get(Integer.parseInt(KnownSet.OCTMNIST.healthy())))
                .isEqualTo("normal");
        assertThat(KnownSet.BLOODMNIST.healthy()).isNull();
    }
}
