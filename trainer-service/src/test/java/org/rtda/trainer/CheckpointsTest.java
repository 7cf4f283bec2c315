package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.messaging.FailureKind;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.testkit.UntouchedStore;

class CheckpointsTest {
    private static final String DOCUMENT = "experiments/e/checkpoints/epoch-00003/attempt-2/checkpoint.json";

    /** Its nodes do not agree: one lists an object that another has not. */
    private static final class TornStore extends UntouchedStore {
        @Override
        public Optional<byte[]> find(String key) {
            return Optional.empty();
        }

        @Override
        public List<String> list(String prefix) {
            return List.of(DOCUMENT);
        }
    }

    @Test
    void aRunWithoutCheckpointsHasNoLatest() {
        assertThat(new Checkpoints(new InMemoryArtifactStore()).latest("e")).isEmpty();
    }

    /** The run would begin again at step 0. */
    @Test
    void aCheckpointThatTheStoreListsAndDoesNotGiveIsTheStoresFault() {
        assertThatThrownBy(() -> new Checkpoints(new TornStore()).latest("e"))
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .hasMessageContaining(DOCUMENT)
                .satisfies(failure -> assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.ENVIRONMENT));
    }
}
