package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckpointDocumentsTest {
    private static final String CHECKPOINTS = "experiments/e/checkpoints/";

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final CheckpointDocuments documents = new CheckpointDocuments(store);

    private void put(String key) {
        store.put(CHECKPOINTS + key, key.getBytes(StandardCharsets.UTF_8));
    }

    private String latest() {
        return new String(documents.latest("e").orElseThrow(), StandardCharsets.UTF_8);
    }

    private String ofEpoch(int epoch) {
        return new String(documents.ofEpoch("e", epoch).orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    void whatHasNoDocumentIsNoCheckpoint() {
        put("epoch-00001/attempt-1/weights.safetensors");

        assertThat(documents.latest("e")).isEmpty();
        assertThat(documents.ofEpoch("e", 1)).isEmpty();
    }

    @Test
    void theLatestHasTheMostEpochsAndOfTwoOfOneEpochTheLaterAttemptCounts() {
        put("epoch-00002/attempt-3/checkpoint.json");
        put("epoch-00010/attempt-9/checkpoint.json");
        put("epoch-00010/attempt-10/checkpoint.json");

        assertThat(latest()).isEqualTo("epoch-00010/attempt-10/checkpoint.json");
        assertThat(ofEpoch(10)).isEqualTo("epoch-00010/attempt-10/checkpoint.json");
        assertThat(ofEpoch(2)).isEqualTo("epoch-00002/attempt-3/checkpoint.json");
    }

    /** As earlier builds wrote it: the document lies beside the attempts. */
    @Test
    void aDocumentThatAllAttemptsShareCountsWhereThereIsNoOther() {
        put("epoch-00001/checkpoint.json");
        put("epoch-00001/attempt-1/weights.safetensors");
        put("epoch-00001/attempt-2/weights.safetensors");

        assertThat(latest()).isEqualTo("epoch-00001/checkpoint.json");
        documents.removeUnfinished("e", 1, 2);
        assertThat(store.list(CHECKPOINTS)).hasSize(3);

        put("epoch-00001/attempt-1/checkpoint.json");
        assertThat(latest()).isEqualTo("epoch-00001/attempt-1/checkpoint.json");
    }

    @Test
    void onlyWhatAttemptsDidNotFinishIsRemoved() {
        put("epoch-00001/attempt-1/weights.safetensors");
        put("epoch-00001/attempt-1/checkpoint.json");
        // died before the document
        put("epoch-00002/attempt-1/weights.safetensors");
        put("epoch-00002/attempt-1/model.onnx");
        put("epoch-00002/attempt-2/weights.safetensors");
        put("epoch-00002/attempt-2/checkpoint.json");
        put("epoch-00003/attempt-2/weights.safetensors");
        // has it at this moment
        put("epoch-00003/attempt-3/weights.safetensors");
        store.put("experiments/e2/checkpoints/epoch-00002/attempt-1/weights.safetensors", new byte[1]);

        documents.removeUnfinished("e", 1, 2);

        assertThat(store.list("experiments/"))
                .containsExactly(
                        CHECKPOINTS + "epoch-00001/attempt-1/checkpoint.json",
                        CHECKPOINTS + "epoch-00001/attempt-1/weights.safetensors",
                        CHECKPOINTS + "epoch-00002/attempt-2/checkpoint.json",
                        CHECKPOINTS + "epoch-00002/attempt-2/weights.safetensors",
                        CHECKPOINTS + "epoch-00003/attempt-3/weights.safetensors",
                        "experiments/e2/checkpoints/epoch-00002/attempt-1/weights.safetensors");
    }

    /**
     * Attempt 1 was stopped before it wrote its document, and wakes up when the experiment has ended and what it had written is removed.
     */
    @Test
    void theDocumentOfAnOvertakenTrainerThatWakesUpLateIsNotTheEpochs() {
        put("epoch-00002/attempt-1/weights.safetensors");
        put("epoch-00002/attempt-2/weights.safetensors");
        put("epoch-00002/attempt-2/checkpoint.json");
        documents.removeUnfinished("e", 1, 2);
        put("epoch-00002/attempt-1/checkpoint.json");

        assertThat(ofEpoch(2)).isEqualTo("epoch-00002/attempt-2/checkpoint.json");
    }

    /** It was overtaken as well, by one that went on from attempt 1's checkpoint. */
    @Test
    void aLaterAttemptsDocumentWhoseWeightsAreRemovedIsNotTheEpochsEither() {
        put("epoch-00002/attempt-1/weights.safetensors");
        put("epoch-00002/attempt-1/checkpoint.json");
        put("epoch-00002/attempt-2/checkpoint.json");

        assertThat(ofEpoch(2)).isEqualTo("epoch-00002/attempt-1/checkpoint.json");
        assertThat(latest()).isEqualTo("epoch-00002/attempt-1/checkpoint.json");
    }
}
