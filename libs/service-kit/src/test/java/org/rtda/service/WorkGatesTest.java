package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.messaging.WorkGate;

class WorkGatesTest {
    private boolean brokerAway;
    private Optional<String> storeAway = Optional.empty();
    private RuntimeException broken;
    private final DeviceHealth device = new DeviceHealth("gpu(0)", () -> {
        if (broken != null) {
            throw broken;
        }
    });
    private final WorkGates gates = new WorkGates(() -> brokerAway, () -> storeAway, Optional.of(device), () -> 0);
    private final WorkGate store = gates.store();
    private final WorkGate storeAndDevice = gates.storeAndDevice();

    @Test
    void workIsTakenWhileStoreAndDeviceAreThere() {
        assertThat(store.closedBecause()).isEmpty();
        assertThat(storeAndDevice.closedBecause()).isEmpty();
        assertThat(storeAndDevice.isClosedForAll()).isFalse();
    }

    /** A queue that has a consumer then computes without a pause. */
    @Test
    void aBrokerThatIsAwayClosesEveryGateForEveryWorker() {
        brokerAway = true;
        for (WorkGate gate : new WorkGate[] {gates.broker(), store, storeAndDevice}) {
            assertThat(gate.closedBecause()).contains("the broker does not answer");
            assertThat(gate.isClosedForAll()).isTrue();
        }

        brokerAway = false;
        assertThat(gates.broker().closedBecause()).isEmpty();
        assertThat(store.closedBecause()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayClosesBothGatesForEveryWorkerUntilItAnswers() {
        storeAway = Optional.of("nobody there");
        for (WorkGate gate : new WorkGate[] {store, storeAndDevice}) {
            assertThat(gate.closedBecause()).contains("nobody there");
            assertThat(gate.isClosedForAll()).isTrue();
        }

        storeAway = Optional.empty();
        assertThat(store.closedBecause()).isEmpty();
        assertThat(storeAndDevice.closedBecause()).isEmpty();
    }

    /** What needs no device is done all the same, such as ending what was cancelled. */
    @Test
    void aSickDeviceClosesTheGateOfWorkOnItForThisWorkerAloneUntilItComputes() {
        broken = new IllegalStateException("device lost");
        assertThatThrownBy(() -> device.suspect(new IllegalStateException("CUDA error")))
                .isInstanceOf(SickDeviceException.class);

        assertThat(storeAndDevice.closedBecause()).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("the device gpu(0) does not compute: device lost"));
        assertThat(storeAndDevice.isClosedForAll()).isFalse();
        assertThat(store.closedBecause()).isEmpty();

        broken = null;
        assertThat(storeAndDevice.closedBecause()).isEmpty();
        assertThat(device.reason()).isEmpty();
    }

    @Test
    void aServiceWithoutADeviceNeedsTheStoreAlone() {
        WorkGates withoutDevice = new WorkGates(() -> brokerAway, () -> storeAway, Optional.empty(), () -> 0);
        assertThat(withoutDevice.storeAndDevice().closedBecause()).isEmpty();
    }
}
