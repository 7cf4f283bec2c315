package org.rtda.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;

class SpecDifferencesTest {

    private static ExperimentSpec spec(String json) {
        return EventCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ExperimentSpec.class);
    }

    @Test
    void equalSpecificationsDoNotDiffer() {
        assertThat(SpecDifferences.between(spec("{'dataset': 'a'}"), spec("{'dataset': 'a', 'seed': 1}")))
                .isEmpty();
    }

    @Test
    void eachFieldThatDiffersIsNamedWithBothValues() {
        ExperimentSpec before = spec("{'dataset': 'a', 'method': 'erm', 'optimizer': {'learningRate': 0.1},"
                + " 'evaluation': {'epsilons': [0.5]}}");
        ExperimentSpec now =
                spec("{'dataset': 'a', 'method': 'rtda', 'optimizer': {'learningRate': 0.05, 'clipNorm': 2},"
                        + " 'evaluation': {'epsilons': [0.5, 1]}}");
        assertThat(SpecDifferences.between(before, now))
                .containsExactly(
                        "evaluation.epsilons was [0.5], is [0.5,1.0]",
                        "method was erm, is rtda",
                        "optimizer.clipNorm was absent, is 2.0",
                        "optimizer.learningRate was 0.1, is 0.05");
    }

    @Test
    void aFieldThatIsGoneIsNamedToo() {
        ExperimentSpec before =
                spec("{'dataset': 'a', 'initialWeights': {'key': 'weights/k', 'sha256': 's', 'sizeBytes': 1}}");
        assertThat(SpecDifferences.between(before, spec("{'dataset': 'a'}")))
                .containsExactly(
                        "initialWeights was {\"key\":\"weights/k\",\"sha256\":\"s\",\"sizeBytes\":1}, is absent");
    }
}
