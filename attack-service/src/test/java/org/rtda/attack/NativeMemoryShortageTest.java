package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.service.MemoryShortage;

/** What PyTorch says may be worded in another way in its next version. */
class NativeMemoryShortageTest {
    /** Four PiB of float32: more than a process can address. */
    private static final Shape TOO_LARGE = new Shape(1L << 50);

    @Test
    void whatPyTorchThrowsWithoutMemoryIsKnownForAShortage() {
        TorchEngine engine = TorchEngine.start("cpu");

        Throwable thrown = catchThrowable(() -> engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                return manager.create(TOO_LARGE).size();
            }
        }));

        assertThat(thrown).isNotNull();
        assertThat(MemoryShortage.isIn(thrown)).as(String.valueOf(thrown)).isTrue();
    }
}
