package org.rtda.contracts.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitNamesTest {
    @Test
    void theSplitOfAnExternalTestSetIsNamedByItsLabelAndGivesItBack() {
        assertThat(SplitNames.ofShift("other-scanner")).isEqualTo("shift-other-scanner");
        assertThat(SplitNames.shiftLabel("shift-other-scanner")).contains("other-scanner");
        assertThat(SplitNames.shiftLabel("shift-shift-x")).contains("shift-x");
    }

    @Test
    void theSplitsThatEveryDataSetHasAreNoExternalTestSets() {
        assertThat(SplitNames.OWN).containsExactly("train", "val", "test").noneMatch(SplitNames::isShift);
        assertThat(SplitNames.shiftLabel("test")).isEmpty();
        assertThat(SplitNames.isShift("shifted")).isFalse();
    }
}
