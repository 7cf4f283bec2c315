package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecentIdsTest {
    @Test
    void theOldestIsForgottenAndOneThatComesAgainIsTheNewest() {
        RecentIds ids = new RecentIds(2);
        ids.add("a");
        ids.add("b");
        ids.add("a");
        ids.add("c");

        assertThat(ids.remove("b")).isFalse();
        assertThat(ids.remove("a")).isTrue();
        assertThat(ids.remove("a")).isFalse();
        assertThat(ids.remove("c")).isTrue();
    }

    @Test
    void itKeepsOneAtLeast() {
        assertThatThrownBy(() -> new RecentIds(0)).hasMessage("most must be at least 1, was 0");
    }
}
