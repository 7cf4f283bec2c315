package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMapTest {
    private static List<ImageEntry> labelled(String... labels) {
        return Arrays.stream(labels)
                .map(label -> new ImageEntry(label + ".png", label, null, null, ImageAttributes.NONE))
                .toList();
    }

    private static List<String> classes(List<String> given, String... labels) {
        return LabelMap.classes(labelled(labels), given, OptionNames.COMMAND_LINE);
    }

    @ParameterizedTest
    @CsvSource({
        "Benign, benign",
        "1, 1.0",
        "01, 1",
        "left_lung, left lung",
        // one letter, and a letter with an accent after it
        "caf\u00e9, cafe\u0301"
    })
    void twoSpellingsOfOneClassAreRefused(String one, String other) {
        String first = one.compareTo(other) < 0 ? one : other;
        String second = first.equals(one) ? other : one;

        assertThatThrownBy(() -> classes(List.of(), one, other, "third"))
                .isInstanceOf(InvalidSourceException.class)
                .hasMessage("the classes " + first + " and " + second + " seem to be one; make one of them with --map "
                        + first + "=" + second + ", or name all classes with --classes");
        assertThat(classes(List.of(other, one), one, other))
                .as("whoever names both means both")
                .containsExactly(other, one);
    }

    @Test
    void classesThatDifferInMoreAreClasses() {
        assertThat(classes(List.of(), "-1", "1")).containsExactly("-1", "1");
        assertThat(classes(List.of(), "4a", "4b", "4")).containsExactly("4", "4a", "4b");
        assertThat(classes(List.of(), "10", "2")).containsExactly("2", "10");
        assertThat(classes(List.of(), "1.5", "15")).containsExactly("1.5", "15");
    }
}
