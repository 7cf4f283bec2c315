package org.rtda.core.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EightBitsTest {

    @Test
    void aLevelIsFoundForItsVeryValueAlone() {
        for (int level = 0; level < EightBits.LEVELS; level++) {
            float value = level / 255f;
            assertThat(EightBits.valueOf(level)).isEqualTo(value);
            assertThat(EightBits.levelOf(value)).isEqualTo(level);
            assertThat(EightBits.levelOf(Math.nextUp(value))).isEqualTo(-1);
            assertThat(EightBits.levelOf(Math.nextDown(value))).isEqualTo(-1);
        }
    }

    @Test
    void whatIsNoValueOfAnImageHasNoLevel() {
        for (float value : new float[] {-1 / 255f, 256 / 255f, 1e10f, -1e10f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(EightBits.levelOf(value)).as("%s", value).isEqualTo(-1);
        }
    }

    /** 0.2 is level 51, 0.3 none. */
    @Test
    void aChangeMeetsLevelsByTheirTableAndOtherValuesOneByOne() {
        float[] values = {51 / 255f, 0.3f};
        float[] ofLevels = EightBits.ofLevels(value -> value * 2);
        EightBits.change(values, ofLevels, value -> -1);
        assertThat(values).containsExactly(51 / 255f * 2, -1);
    }
}
