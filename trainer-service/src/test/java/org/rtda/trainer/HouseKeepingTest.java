package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.rtda.store.ArtifactStoreUnavailableException;

class HouseKeepingTest {

    /** A scheduled task that throws is never run again: nothing would be removed any more. */
    @Test
    void aRemovalThatBreaksInWhateverWayDoesNotEndTheSweeps() {
        assertThatCode(() -> {
                    HouseKeeping.remove(() -> {
                        throw new ArtifactStoreUnavailableException("the store is away", null);
                    });
                    HouseKeeping.remove(() -> {
                        throw new OutOfMemoryError("unable to create native thread");
                    });
                })
                .doesNotThrowAnyException();
    }
}
