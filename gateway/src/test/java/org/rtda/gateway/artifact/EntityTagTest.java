package org.rtda.gateway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntityTagTest {
    private static final EntityTag STRONG = new EntityTag("ab12", false);
    private static final EntityTag WEAK = new EntityTag("ab12", true);

    @Test
    void isTheSha256OfTheBytes() {
        assertThat(EntityTag.ofText("hello").text())
                .isEqualTo("\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"");
        assertThat(WEAK.text()).isEqualTo("W/\"ab12\"");
    }

    @Test
    void whoNamesTheTagWeakOrStrongHasTheContent() {
        for (EntityTag tag : new EntityTag[] {STRONG, WEAK}) {
            assertThat(tag.isAmong("\"ab12\"")).isTrue();
            assertThat(tag.isAmong("W/\"ab12\"")).isTrue();
            assertThat(tag.isAmong("\"ff\", W/\"ab12\"")).isTrue();
            assertThat(tag.isAmong("*")).isTrue();
            assertThat(tag.isAmong("\"ab1\"")).isFalse();
            assertThat(tag.isAmong("ab12")).isFalse();
            assertThat(tag.isAmong(null)).isFalse();
        }
    }

    @Test
    void partsFitOnlyToTheSameBytes() {
        assertThat(STRONG.allowsParts("\"ab12\"")).isTrue();
        assertThat(STRONG.allowsParts(null)).isTrue();
        assertThat(STRONG.allowsParts("\"ab13\"")).isFalse();
        assertThat(STRONG.allowsParts("W/\"ab12\"")).isFalse();
        assertThat(STRONG.allowsParts("Wed, 21 Oct 2015 07:28:00 GMT")).isFalse();
        assertThat(WEAK.allowsParts("W/\"ab12\"")).isFalse();
        assertThat(WEAK.allowsParts(null)).isTrue();
    }
}
