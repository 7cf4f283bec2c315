package org.rtda.evaluator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.KnownNames;
import org.rtda.core.corruption.Corruptions;

class KnownCorruptionsTest {

    @Test
    void everyCorruptionThatARequestMayNameIsThereAndNoOther() {
        assertThat(Corruptions.names()).containsExactlyInAnyOrderElementsOf(KnownNames.CORRUPTIONS);
    }
}
