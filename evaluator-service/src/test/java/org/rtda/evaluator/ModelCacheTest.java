package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.InMemoryArtifactStore;

class ModelCacheTest {
    private static final ImageBatch IMAGE = new ImageBatch(1, 1, 1, 1, new float[] {0.75f});

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final List<Fixtures.MeanModel> loaded = new ArrayList<>();
    private final ModelCache models = new ModelCache(
            store,
            bytes -> {
                if (bytes.length == 0) {
                    throw new IllegalArgumentException("empty");
                }
                Fixtures.MeanModel model = new Fixtures.MeanModel();
                loaded.add(model);
                return model;
            },
            2);

    private ObjectRef stored(String content) {
        return store.put("model-" + content, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void theModelUsedLongestAgoIsClosedWhenThereAreTooMany() {
        ObjectRef a = stored("a");
        ObjectRef b = stored("b");
        models.logits(a, IMAGE);
        models.logits(b, IMAGE);
        models.logits(a, IMAGE);
        models.logits(stored("c"), IMAGE);

        assertThat(loaded).extracting(model -> model.closed).containsExactly(false, true, false);
        models.logits(a, IMAGE);
        assertThat(loaded).hasSize(3);
    }

    @Test
    void bytesThatAreNoModelAreNamed() {
        assertThatThrownBy(() -> models.logits(stored(""), IMAGE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("the model at model- cannot be run: empty");
    }

    @Test
    void aModelThatIsMissingStaysAStoreFailure() {
        assertThatThrownBy(() -> models.logits(new ObjectRef("gone.onnx", "00", 1), IMAGE))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining("gone.onnx");
    }

    @Test
    void closingClosesEveryModelAndAnswersNoMore() {
        models.logits(stored("a"), IMAGE);
        models.close();

        assertThat(loaded).allMatch(model -> model.closed);
        assertThatThrownBy(() -> models.logits(stored("a"), IMAGE)).isInstanceOf(IllegalStateException.class);
    }
}
