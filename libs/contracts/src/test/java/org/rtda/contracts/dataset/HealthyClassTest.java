package org.rtda.contracts.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthyClassTest {

    @Test
    void whatTheDataSetSaysIsNotAssumed() {
        assertThat(HealthyClass.of(1, 2)).contains(new HealthyClass(1, false));
        assertThat(HealthyClass.of(2, 5)).contains(new HealthyClass(2, false));
    }

    @Test
    void ofTwoClassesWithoutAWordTheFirstIsAssumedAndOfMoreNone() {
        assertThat(HealthyClass.of(null, 2)).contains(new HealthyClass(0, true));
        assertThat(HealthyClass.of(null, 3)).isEmpty();
    }
}
