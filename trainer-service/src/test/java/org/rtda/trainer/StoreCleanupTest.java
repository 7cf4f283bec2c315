package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.rtda.store.ArtifactStoreUnavailableException;

class StoreCleanupTest {

    /** A scheduled task that throws is never run again: nothing would be removed any more. */
    @Test
    void aRemovalThatBreaksInWhateverWayDoesNotEndTheSweeps() {
        assertThatCode(() -> {
                    StoreCleanup.remove(() -> {
                        throw new ArtifactStoreUnavailableException("the store is away", null);
                    });
                    StoreCleanup.remove(() -> {
                        throw new OutOfMemoryError("unable to create native thread");
                    });
                })
                .doesNotThrowAnyException();
    }
}
