package org.rtda.nn.pytorch.method;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.network.TrainingMemory;
import org.rtda.nn.pytorch.engine.PeakMemory;

/** {@link TrainingMemory} against what the operating system says of processes that take real steps. */
class TrainingMemoryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet8 28 256 rtda separate sgd 0",
                "resnet8 64 64 rtda joint adamw 0.99",
                "resnet20 28 64 rtda separate sgd 0",
                "resnet20 64 32 augmix separate adamw 0",
                "resnet20 128 16 erm separate sgd 0",
                "resnet18 28 32 rtda dual sgd 0",
                "resnet18 64 8 rtda separate sgd 0.99",
                "resnet18 128 8 trades separate adamw 0",
                "efficientnet-lite0 32 32 rtda separate sgd 0",
                "efficientnet-lite0 64 32 rtda separate adamw 0",
                "efficientnet-lite0 128 16 erm separate sgd 0"
            })
    void theEstimateIsNotBelowWhatStepsTakeAndNotFarAboveIt(String oneCase) throws Exception {
        String[] words = oneCase.split(" ");
        TrainingMemory estimate = PeakMemory.estimate(words);
        PeakMemory.Measured measured = PeakMemory.measure(words);

        assertThat(estimate.bytes()).as("%s beside %s", estimate, measured).isBetween(measured.ofSteps(), (long)
                (TrainingMemory.LARGEST_EXCESS * measured.ofSteps()));
    }
}
