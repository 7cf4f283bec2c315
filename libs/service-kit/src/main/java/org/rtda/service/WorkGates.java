package org.rtda.service;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.messaging.WorkGate;
import org.rtda.store.StoreWatch;

/**
 * When a service takes no work: while its store does not answer, or its device is sick. Each queue has the gate of what its work needs. The
 * log says once that no work is taken and once that it is again; {@link DeviceHealth} says it of the device.
 */
@Singleton
public final class WorkGates {
    private static final Logger LOG = Logger.getLogger(WorkGates.class);

    private final Supplier<Optional<String>> storeAway;
    private final Optional<DeviceHealth> device;
    private final LongSupplier nanoTime;
    /** Null while the store answers, as far as a queue has asked. */
    private Long closedSince;

    @Inject
    WorkGates(StoreWatch store, Instance<DeviceHealth> device) {
        this(store::reason, device.isResolvable() ? Optional.of(device.get()) : Optional.empty(), System::nanoTime);
    }

    /**
     * @param storeAway why the store does not answer; empty while it does
     * @param device empty where the service has none
     */
    WorkGates(Supplier<Optional<String>> storeAway, Optional<DeviceHealth> device, LongSupplier nanoTime) {
        this.storeAway = storeAway;
        this.device = device;
        this.nanoTime = nanoTime;
    }

    /** Of work that needs the store, and no device. */
    public WorkGate store() {
        return this::withoutStore;
    }

    /** Of work on the device. A device that was sick is asked each time whether it computes again. */
    public WorkGate storeAndDevice() {
        return new WorkGate() {
            @Override
            public Optional<String> closedBecause() {
                return withoutStore().or(WorkGates.this::withoutDevice);
            }

            @Override
            public boolean isClosedForAll() {
                return withoutStore().isPresent();
            }
        };
    }

    private synchronized Optional<String> withoutStore() {
        Optional<String> reason = storeAway.get();
        if (reason.isPresent() && closedSince == null) {
            closedSince = nanoTime.getAsLong();
            LOG.warnf("no work is taken until the store answers: %s", reason.get());
        } else if (reason.isEmpty() && closedSince != null) {
            LOG.infof(
                    "the store answers again, and work is taken, after %d s",
                    Duration.ofNanos(nanoTime.getAsLong() - closedSince).toSeconds());
            closedSince = null;
        }
        return reason;
    }

    private Optional<String> withoutDevice() {
        try {
            device.ifPresent(DeviceHealth::requireWell);
            return Optional.empty();
        } catch (SickDeviceException e) {
            return Optional.of(e.getMessage());
        }
    }
}
