package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.messaging.WorkPrecondition;

class WorkPreconditionsTest {
    private boolean brokerAway;
    private Optional<String> storeAway = Optional.empty();
    private RuntimeException broken;
    private final DeviceHealth device = new DeviceHealth("gpu(0)", () -> {
        if (broken != null) {
            throw broken;
        }
    });
    private final WorkPreconditions preconditions =
            new WorkPreconditions(() -> brokerAway, () -> storeAway, Optional.of(device), () -> 0);
    private final WorkPrecondition store = preconditions.store();
    private final WorkPrecondition storeAndDevice = preconditions.storeAndDevice();

    @Test
    void workIsTakenWhileStoreAndDeviceAreThere() {
        assertThat(store.missing()).isEmpty();
        assertThat(storeAndDevice.missing()).isEmpty();
        assertThat(storeAndDevice.isMissingForAll()).isFalse();
    }

    /** A queue that has a consumer then computes without a pause. */
    @Test
    void aBrokerThatIsAwayIsMissingForAllWorkOfEveryWorker() {
        brokerAway = true;
        for (WorkPrecondition needed : new WorkPrecondition[] {preconditions.broker(), store, storeAndDevice}) {
            assertThat(needed.missing()).contains("the broker does not answer");
            assertThat(needed.isMissingForAll()).isTrue();
        }

        brokerAway = false;
        assertThat(preconditions.broker().missing()).isEmpty();
        assertThat(store.missing()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayStopsAllWorkOfEveryWorkerUntilItAnswers() {
        storeAway = Optional.of("nobody there");
        for (WorkPrecondition precondition : new WorkPrecondition[] {store, storeAndDevice}) {
            assertThat(precondition.missing()).contains("nobody there");
            assertThat(precondition.isMissingForAll()).isTrue();
        }

        storeAway = Optional.empty();
        assertThat(store.missing()).isEmpty();
        assertThat(storeAndDevice.missing()).isEmpty();
    }

    /** What needs no device is done all the same, such as ending what was cancelled. */
    @Test
    void aSickDeviceStopsWorkOnItForThisWorkerAloneUntilItComputes() {
        broken = new IllegalStateException("device lost");
        assertThatThrownBy(() -> device.suspect(new IllegalStateException("CUDA error")))
                .isInstanceOf(DeviceFailureException.class);

        assertThat(storeAndDevice.missing()).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("the device gpu(0) does not compute: device lost"));
        assertThat(storeAndDevice.isMissingForAll()).isFalse();
        assertThat(store.missing()).isEmpty();

        broken = null;
        assertThat(storeAndDevice.missing()).isEmpty();
        assertThat(device.reason()).isEmpty();
    }

    @Test
    void aServiceWithoutADeviceNeedsTheStoreAlone() {
        WorkPreconditions withoutDevice =
                new WorkPreconditions(() -> brokerAway, () -> storeAway, Optional.empty(), () -> 0);
        assertThat(withoutDevice.storeAndDevice().missing()).isEmpty();
    }
}
