package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.settings.Condition;

class ObjectKeysTest {

    @Test
    void whatAnExperimentNeedsForAWhileIsUnderOnePrefix() {
        String request = BatchRequest.idOf("breast-rtda-1", 2, 12, "adversarial", 1);

        assertThat(request).isEqualTo("breast-rtda-1/2/12/adversarial/1");
        assertThat(ObjectKeys.payload(request)).isEqualTo("transient/breast-rtda-1/2/12/adversarial/1.f32");
        assertThat(ObjectKeys.payload(request)).startsWith(ObjectKeys.transients("breast-rtda-1"));
        assertThat(ObjectKeys.snapshot("breast-rtda-1", 2, 11))
                .isEqualTo("transient/breast-rtda-1/2/weights-11.safetensors")
                .startsWith(ObjectKeys.transients("breast-rtda-1"));
    }

    @Test
    void whatAttemptsAtTrainingLeaveIsToldFromWhatEvaluationsNeed() {
        String evaluation = "transient/e/evaluations/epoch-00005/1/0/epoch-00005-pgd-l2-10@0.5/0.f32";
        assertThat(ObjectKeys.isOfAttemptUpTo("transient/e/2/weights-11.safetensors", 2))
                .isTrue();
        assertThat(ObjectKeys.isOfAttemptUpTo("transient/e/2/12/adversarial/1.f32", 3))
                .isTrue();
        assertThat(ObjectKeys.isOfAttemptUpTo("transient/e/3/weights-11.safetensors", 2))
                .isFalse();
        assertThat(ObjectKeys.isOfAttemptUpTo(evaluation, 99)).isFalse();
        assertThat(ObjectKeys.isOfAttemptUpTo("transient/e", 99)).isFalse();
    }

    @Test
    void whatIsRemovedWhenNobodyNeedsItIsToldFromWhatStays() {
        assertThat(ObjectKeys.isTransient(ObjectKeys.snapshot("e", 2, 11))).isTrue();
        assertThat(ObjectKeys.isTransient(ObjectKeys.payload("e/2/12/adversarial/1")))
                .isTrue();
        assertThat(ObjectKeys.isTransient(ObjectKeys.uploadedWeights("ab12"))).isFalse();
        assertThat(ObjectKeys.isTransient(ObjectKeys.checkpoint("e", 9, 2, "model.onnx")))
                .isFalse();
    }

    @Test
    void aTransientObjectTellsWhoseItIs() {
        assertThat(ObjectKeys.experimentOfTransient(ObjectKeys.snapshot("e", 2, 11)))
                .contains("e");
        assertThat(ObjectKeys.experimentOfTransient("transient/e/evaluations/epoch-00005/1/0/epoch-00005-clean/0.f32"))
                .contains("e");
        assertThat(ObjectKeys.experimentOfTransient("transient/e")).isEmpty();
        assertThat(ObjectKeys.experimentOfTransient("experiments/e/checkpoints/x"))
                .isEmpty();
    }

    @Test
    void whatAnAttemptNeedsForAWhileIsUnderItsOwnPrefix() {
        assertThat(ObjectKeys.transients("e", 2)).isEqualTo("transient/e/2/");
        assertThat(ObjectKeys.snapshot("e", 2, 11)).startsWith(ObjectKeys.transients("e", 2));
    }

    @Test
    void anAnswersObjectTellsItsRequest() {
        assertThat(ObjectKeys.requestOfPayload(ObjectKeys.payload("e/2/12/adversarial/1")))
                .contains(new BatchRequestId("e", 2, 12, "adversarial", 1));
        assertThat(ObjectKeys.requestOfPayload(ObjectKeys.snapshot("e", 2, 11))).isEmpty();
        assertThat(ObjectKeys.requestOfPayload("experiments/e/2/12/adversarial/1.f32"))
                .isEmpty();
    }

    @Test
    void onlyTheLatestManifestTellsThatADataSetIsThere() {
        assertThat(ObjectKeys.datasetOfManifest(ObjectKeys.manifest("busi"))).contains("busi");
        assertThat(ObjectKeys.datasetOfManifest(ObjectKeys.manifest("busi", "ab12")))
                .isEmpty();
        assertThat(ObjectKeys.datasetOfManifest("datasets/manifest.json")).isEmpty();
        assertThat(ObjectKeys.datasetOfManifest("claims/datasets/busi/manifest.json"))
                .isEmpty();
    }

    @Test
    void uploadedWeightsAreNamedByContent() {
        assertThat(ObjectKeys.uploadedWeights("ab12")).isEqualTo("weights/ab12.safetensors");
    }

    @Test
    void checkpointsSortByEpoch() {
        assertThat(ObjectKeys.checkpoint("e", 9, 2, "model.onnx"))
                .isEqualTo("experiments/e/checkpoints/epoch-00009/attempt-2/model.onnx")
                .isLessThan(ObjectKeys.checkpoint("e", 10, 2, "model.onnx"));
    }

    @Test
    void whatAnEvaluationKeepsIsNamedByEvaluationAndCondition() {
        Condition condition = Condition.corruption("jpeg", 3, "test");

        assertThat(ObjectKeys.predictions("e/epoch-00009", condition))
                .isEqualTo("experiments/e/evaluations/epoch-00009/jpeg@3.json");
        assertThat(ObjectKeys.predictions("e/epoch-00009/review", condition))
                .isEqualTo("experiments/e/evaluations/epoch-00009/review/jpeg@3.json");
        assertThat(ObjectKeys.gallery("e/epoch-00009/review", condition))
                .isEqualTo("experiments/e/galleries/epoch-00009/review/jpeg@3.json");
        assertThatThrownBy(() -> ObjectKeys.predictions("e", condition)).hasMessageContaining("EXPERIMENT/epoch-NNNNN");
    }
}
