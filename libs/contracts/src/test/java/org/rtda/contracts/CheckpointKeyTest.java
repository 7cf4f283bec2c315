package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointKeyTest {
    @Test
    void theNameOfACheckpointsObjectSaysItsEpochAttemptAndFile() {
        String key = ObjectKeys.checkpoint("exp-1", 12, 3, ObjectKeys.WEIGHTS);

        assertThat(CheckpointKey.find(key)).contains(new CheckpointKey(key, 12, 3, "weights.safetensors"));
    }

    @Test
    void aDocumentBesideTheAttemptsIsOfTheEarliest() {
        String key = ObjectKeys.checkpoint("exp-1", 2, ObjectKeys.CHECKPOINT);

        assertThat(CheckpointKey.find(key)).contains(new CheckpointKey(key, 2, 0, "checkpoint.json"));
    }

    @Test
    void otherObjectsAreOfNoCheckpoint() {
        assertThat(CheckpointKey.find(ObjectKeys.predictionsOf("exp-1/epoch-00002") + "clean.json"))
                .isEmpty();
        assertThat(CheckpointKey.find("experiments/e/checkpoints/epoch-00002/attempt-1/more/weights.safetensors"))
                .isEmpty();
        assertThat(CheckpointKey.find("more/experiments/e/checkpoints/epoch-00002/checkpoint.json"))
                .isEmpty();
    }
}
