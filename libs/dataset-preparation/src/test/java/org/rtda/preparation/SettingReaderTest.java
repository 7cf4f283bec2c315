package org.rtda.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.prepare.Fit;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.split.SplitShares;

class SettingReaderTest {
    private final SettingReader reader = new SettingReader(option -> "the field " + option);

    @Test
    void whatIsAllowedIsTaken() {
        assertThat(reader.preparation(8, 3, "CROP")).isEqualTo(new ImagePreparation(8, 3, Fit.CROP));
        assertThat(reader.shares(List.of(60, 20, 20))).isEqualTo(new SplitShares(60, 20, 20));
        assertThat(reader.shares(null)).isNull();
        assertThat(reader.reading(ReadOptions.defaults(), "full", 2).frame()).hasValue(2);
        assertThat(reader.table(Map.of(), "finding", null).columns()).isEqualTo(Map.of("label", "finding"));
    }

    @Test
    void whatIsNotAllowedIsRefusedByTheOptionsName() {
        assertThatThrownBy(() -> reader.preparation(7, 1, "pad"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("the field side must be in [8, 1024] pixels, was 7");
        assertThatThrownBy(() -> reader.preparation(64, 2, "pad"))
                .hasMessage("the field channels must be 1 (grey) or 3 (RGB), was 2");
        assertThatThrownBy(() -> reader.preparation(64, 1, "stretch"))
                .hasMessage("the field fit must be pad or crop, was stretch");
        assertThatThrownBy(() -> reader.reading(ReadOptions.defaults(), "40/0", null))
                .hasMessage(
                        "the field window must be CENTRE/WIDTH, for example 40/400, with a width of at least 1, or full,"
                                + " was 40/0");
        assertThatThrownBy(() -> reader.reading(ReadOptions.defaults(), null, 0))
                .hasMessage("the field frame must be at least 1, was 0");
        assertThatThrownBy(() -> reader.shares(List.of(70, 30)))
                .hasMessage("the field split must be three percentages, for example 70,10,20, was [70, 30]");
        assertThatThrownBy(() -> reader.shares(List.of(50, 10, 20)))
                .hasMessageStartingWith("the field split: shares of train, val and test");
        assertThatThrownBy(() -> reader.patients("person"))
                .hasMessageStartingWith("the field patient-pattern must have one group");
        assertThatThrownBy(() -> reader.table(Map.of("colour", "x"), null, null))
                .hasMessageStartingWith("the field column must be ROLE=NAME with a role of [file, label");
        assertThatThrownBy(() -> reader.table(Map.of(), null, "klingon"))
                .hasMessage(
                        "the field encoding must be the name of an encoding, for example windows-1252, was klingon");
    }
}
