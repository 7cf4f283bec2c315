package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaOwnershipTest {
    private final KafkaOwnership.Refusals refusals = new KafkaOwnership.Refusals();

    @Test
    void theThirdRefusalInARowIsNewsAndNoOther() {
        assertThat(refusals.isNews()).isFalse();
        assertThat(refusals.isNews()).isFalse();
        assertThat(refusals.isNews()).isTrue();
        assertThat(refusals.isNews()).isFalse();
    }

    @Test
    void theirEndIsNewsWhereTheyWereAndOnce() {
        refusals.isNews();
        refusals.isNews();
        assertThat(refusals.over()).as("after two").isFalse();
        refusals.isNews();
        refusals.isNews();
        refusals.isNews();
        assertThat(refusals.over()).as("after three").isTrue();
        assertThat(refusals.over()).as("after none").isFalse();
    }
}
