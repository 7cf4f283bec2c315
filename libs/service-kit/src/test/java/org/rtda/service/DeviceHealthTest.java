package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rtda.messaging.FailureKind;
import org.rtda.store.ArtifactStoreUnavailableException;

class DeviceHealthTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private RuntimeException broken;
    private final DeviceHealth device = new DeviceHealth(
            "gpu(1)",
            () -> {
                asked.incrementAndGet();
                if (broken != null) {
                    throw broken;
                }
            },
            now::get);

    @Test
    void aDeviceThatIsWellIsNotAskedBeforeWorkAndBlamesTheWorkAfterAFailure() {
        device.requireWell();
        assertThat(asked).hasValue(0);
        device.suspect(new IllegalStateException("CUDA error"));
        assertThat(asked).hasValue(1);
        assertThat(device.reason()).isEmpty();
    }

    @Test
    void aStoreThatIsAwaySaysNothingAboutTheDevice() {
        broken = new IllegalStateException("device lost");
        device.suspect(new ArtifactStoreUnavailableException("nobody there", null));

        assertThat(asked).hasValue(0);
        assertThat(device.reason()).isEmpty();
    }

    @Test
    void aSickDeviceIsTheEnvironmentsFaultUntilItComputesAgain() {
        broken = new IllegalStateException("device lost");
        assertThatThrownBy(() -> device.suspect(new IllegalStateException("CUDA error")))
                .isInstanceOf(DeviceFailureException.class)
                .hasMessage("the device gpu(1) does not compute: device lost; look at the device and its driver, then"
                        + " start this worker again")
                .satisfies(failure -> assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.ENVIRONMENT));
        now.set(Duration.ofSeconds(40).toNanos());
        assertThatThrownBy(device::requireWell).isInstanceOf(DeviceFailureException.class);
        assertThat(device.sickFor()).isEqualTo(Duration.ofSeconds(40));

        broken = null;
        device.requireWell();
        assertThat(device.sickFor()).isZero();
        assertThat(device.reason()).isEmpty();
    }

    /** The work is given up because its worker stops, and so is the question. */
    @Test
    void aWorkerThatStopsDoesNotCallItsDeviceSick() {
        broken = new IllegalStateException("interrupted while waiting for the engine");
        Thread.currentThread().interrupt();
        try {
            device.suspect(new IllegalStateException("interrupted"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(device.reason()).isEmpty();
    }
}
