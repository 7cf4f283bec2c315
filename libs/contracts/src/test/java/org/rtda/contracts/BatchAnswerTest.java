package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ObjectRef;

class BatchAnswerTest {
    private static final String ID = BatchRequest.idOf("exp", 2, 12, "adversarial", 1);

    private static BatchAnswer.Ready naming(String id, String key) {
        Payload images = new Payload(new long[] {1, 1, 1, 1}, "00", null, new ObjectRef(key, "00", 4));
        return new BatchAnswer.Ready(id, Instant.EPOCH, 1, "exp", "trainer-1", 2, "worker", images, 1, 10, null);
    }

    @Test
    void anAnswerNamesTheObjectOfItsRequest() {
        assertThat(naming(ID, "transient/exp/2/12/adversarial/1.f32").images().object())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datasets/breast/blocks/ab12",
                "experiments/exp/checkpoints/epoch-00001/attempt-1/weights.safetensors",
                "transient/exp/2/weights-11.safetensors",
                "transient/exp/2/12/adversarial/0.f32",
                "transient/other/2/12/adversarial/1.f32",
                "transient/exp/2/12/adversarial/1.f32/../../../../../datasets/breast/manifest.json",
                ""
            })
    void anAnswerThatNamesAnotherObjectIsRefused(String key) {
        assertThatThrownBy(() -> naming(ID, key))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage(
                        "images.object.key must be transient/exp/2/12/adversarial/1.f32, the object of this request,"
                                + " was " + key);
    }

    /** A worker would read it and answer with images made of it. */
    @Test
    void aRequestStartsFromATransientObjectOfItsExperiment() {
        assertThatThrownBy(() -> ObjectKeys.requireBelow("base.object.key", "datasets/x", "transient/exp/"))
                .hasMessage("base.object.key must be below transient/exp/, was datasets/x");
        assertThatThrownBy(() ->
                        ObjectKeys.requireBelow("base.object.key", "transient/exp/../../datasets/x", "transient/exp/"))
                .isInstanceOf(InvalidFieldException.class);
    }
}
