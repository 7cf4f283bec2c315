package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.benchmarks.measuring.SocketCopy;

class SocketCopyTest {

    @Test
    void everyByteComesBackAlsoTheSecondTime() {
        // more than the buffers of the sockets hold
        try (SocketCopy copy = new SocketCopy(10_000_019)) {
            for (int time = 1; time <= 2; time++) {
                for (int i = 0; i < copy.written().length; i++) {
                    copy.written()[i] = (byte) (i * 31 + time);
                }
                assertThat(copy.copy()).isPositive();
                assertThat(copy.read()).isEqualTo(copy.written());
            }
        }
    }
}
