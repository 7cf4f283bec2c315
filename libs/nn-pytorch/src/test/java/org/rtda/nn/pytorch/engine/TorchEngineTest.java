package org.rtda.nn.pytorch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.nn.pytorch.method.Losses;

class TorchEngineTest {
    private final TorchEngine engine = TorchEngine.start("cpu");

    @Test
    void workOfManyThreadsRunsOnOneThread() {
        List<Thread> threads = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> engine.call(Thread::currentThread))
                .distinct()
                .toList();
        assertThat(threads).hasSize(1);
        assertThat(threads.get(0).getName()).isEqualTo("torch-engine");
    }

    @Test
    void theSumByWhichASickDeviceIsFoundComesOutRightOnOneThatIsWell() {
        assertThatCode(engine::requireRight).doesNotThrowAnyException();
    }

    @Test
    void workMayCallTheEngineAgain() {
        assertThat(engine.<String>call(() -> engine.call(() -> "inner"))).isEqualTo("inner");
    }

    @Test
    void graphsAreBuiltOnlyWhileGradientsAreCollected() {
        assertThat(engine.<Boolean>call(JniUtils::isGradMode)).isFalse();
        boolean during = engine.call(() -> {
            try (GradientCollector collector = engine.engine().newGradientCollector()) {
                collector.zeroGradients();
                return JniUtils.isGradMode();
            }
        });
        assertThat(during).isTrue();
        assertThat(engine.<Boolean>call(JniUtils::isGradMode)).isFalse();
    }

    @Test
    void failuresOfWorkComeOutAsTheyAre() {
        assertThatThrownBy(() -> engine.call(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> engine.call(() -> {
                    throw new IOException("disk");
                }))
                .isInstanceOf(TorchException.class)
                .hasMessage("work on the engine failed: disk");
    }

    @Test
    void aClosedEngineTakesNoWorkButOthersGoOn() {
        TorchEngine other = TorchEngine.start("cpu");
        other.close();
        assertThatThrownBy(() -> other.call(() -> 1)).hasMessage("this engine is closed");
        assertThat(engine.<Integer>call(() -> 1)).isEqualTo(1);
    }

    @Test
    void anUnknownDeviceListsTheKnownOnes() {
        assertThatThrownBy(() -> TorchEngine.start("tpu"))
                .hasMessage("device must be one of [auto, cpu, gpu], was tpu");
        assertThat(engine.deviceName()).isEqualTo("cpu");
        assertThat(TorchEngine.start("auto").deviceName()).matches("cpu|gpu\\(0\\)");
    }

    /**
     * Constants of recorded operations lie in Java's memory: they must outlive the backward pass however often the
     * collector runs in between.
     */
    @Test
    void constantsSurviveGarbageCollectionUntilTheBackwardPass() {
        float gradient = engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                NDArray x = manager.create(2f);
                x.setRequiresGradient(true);
                try (GradientCollector collector = engine.engine().newGradientCollector()) {
                    NDArray y = Losses.scaled(3, Losses.scaled(0.5, x));
                    System.gc();
                    System.gc();
                    collector.backward(y);
                }
                return x.getGradient().getFloat();
            }
        });
        assertThat(gradient).isEqualTo(1.5f);
    }
}
