package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.check.InvalidMessageException;

/** Requests as somebody sends them who may write to their topic and means harm: workers read and write what a request names. */
class BatchRequestTest {
    private static final String EXPERIMENT = "breast-rtda-1";
    private static final String MANIFEST = "images.dataset.manifest.key";

    private static ObjectNode request(Class<?> type) {
        return Golden.json(type);
    }

    private static ObjectNode withManifest(Class<?> type, String key) {
        ObjectNode request = request(type);
        request.withObject("/images/dataset/manifest").put("key", key);
        return request;
    }

    private static ObjectNode attackOn(String weights) {
        ObjectNode request = request(AttackRequest.class);
        request.withObject("/weights").put("key", weights);
        return request;
    }

    private static ObjectNode attackFrom(String base) {
        ObjectNode request = request(AttackRequest.class);
        request.withObject("/base").remove("inline");
        request.withObject("/base/object").put("key", base).put("sha256", "00").put("sizeBytes", 24);
        return request;
    }

    private static void assertRefused(ObjectNode request, Class<?> type, String reason) {
        assertThatThrownBy(() -> EventCodec.read(Golden.bytes(request), type))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessage("not a valid " + type.getSimpleName() + ": " + reason);
    }

    /** Its answer is written to {@code transient/ID.f32}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "breast-rtda-1",
                "breast-rtda-1/",
                "breast-rtda-1//12/adversarial/0",
                "breast-rtda-1/./1/12/adversarial/0",
                "breast-rtda-1/../other/1/12/adversarial/0",
                "breast-rtda-1/1/../../../datasets/breast-28/manifest.json",
                "breast-rtda-1/..",
                "breast-rtda-12/1/12/adversarial/0",
                "other/1/12/adversarial/0",
                "../breast-rtda-1/1/12/adversarial/0",
                "/breast-rtda-1/1/12/adversarial/0",
                ""
            })
    void anIdUnderWhichAWorkerWouldWriteElsewhereIsRefused(String id) {
        String reason = "id must be below breast-rtda-1/, was " + id;

        assertRefused(request(AttackRequest.class).put("id", id), AttackRequest.class, reason);
        assertRefused(request(AugmentRequest.class).put("id", id), AugmentRequest.class, reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest.json",
                "datasets/manifest.json",
                "datasets/breast-28/",
                "datasets/breast-28",
                "datasets/breast-280/manifest.json",
                "datasets/other/manifest.json",
                "datasets/breast-28/../other/manifest.json",
                "transient/breast-rtda-1/1/12/adversarial/0.f32",
                "experiments/breast-rtda-1/evaluations/epoch-00020/clean.json",
                "weights/ab12.safetensors"
            })
    void aManifestThatIsNotOfTheNamedDataSetIsRefused(String key) {
        String reason = MANIFEST + " must be below datasets/breast-28/, was " + key;

        assertRefused(withManifest(AttackRequest.class, key), AttackRequest.class, reason);
        assertRefused(withManifest(AugmentRequest.class, key), AugmentRequest.class, reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transient/breast-rtda-1/1/weights-11.safetensors",
                "experiments/breast-rtda-1/checkpoints/epoch-00020/attempt-1/weights.safetensors",
                "experiments/another-one/checkpoints/epoch-00020/weights.safetensors"
            })
    void weightsOfAStepOrOfACheckpointAreAttacked(String key) {
        AttackRequest request = EventCodec.read(Golden.bytes(attackOn(key)), AttackRequest.class);

        assertThat(request.weights().key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weights",
                "weights/ab12.safetensors",
                "datasets/breast-28/blocks/ab12",
                "transient/another-one/1/weights-11.safetensors",
                "transient/breast-rtda-1/../another-one/1/weights-11.safetensors",
                "experiments/breast-rtda-1/evaluations/epoch-00020/clean.json",
                "experiments/breast-rtda-1/checkpoints/",
                "experiments/breast-rtda-1/checkpoints/../evaluations/epoch-00020/clean.json",
                "experiments/../checkpoints/weights.safetensors",
                "experiments//checkpoints/weights.safetensors",
                "claims/datasets/breast-28/1"
            })
    void otherObjectsAreNoWeights(String key) {
        assertRefused(
                attackOn(key),
                AttackRequest.class,
                "weights.key must be below transient/breast-rtda-1/ or experiments/EXPERIMENT/checkpoints/, was "
                        + key);
    }

    @Test
    void anAttackStartsFromATransientObjectOfItsExperimentAlone() {
        String own = "transient/" + EXPERIMENT + "/1/12/augmix/0.f32";
        AttackRequest request = EventCodec.read(Golden.bytes(attackFrom(own)), AttackRequest.class);
        assertThat(request.base().object().key()).isEqualTo(own);

        for (String other : new String[] {
            "datasets/breast-28/blocks/ab12",
            "transient/another-one/1/12/augmix/0.f32",
            "transient/breast-rtda-1/../another-one/1/12/augmix/0.f32"
        }) {
            assertRefused(
                    attackFrom(other),
                    AttackRequest.class,
                    "base.object.key must be below transient/breast-rtda-1/, was " + other);
        }
    }
}
