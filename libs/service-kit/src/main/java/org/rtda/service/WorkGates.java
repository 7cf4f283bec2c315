package org.rtda.service;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.WorkGate;
import org.rtda.store.StoreWatch;

/**
 * When a service takes no work: while the broker or its store does not answer, or its device is sick. Each queue has the gate of what its
 * work needs. The log says once that no work is taken for want of the store and once that it is again; {@link BrokerWatch} says it of the
 * broker and {@link DeviceHealth} of the device.
 */
@Singleton
public final class WorkGates {
    private static final Logger LOG = Logger.getLogger(WorkGates.class);

    private final BooleanSupplier brokerAway;
    private final Supplier<Optional<String>> storeAway;
    private final Optional<DeviceHealth> device;
    private final LongSupplier nanoTime;
    /** Null while the store answers, as far as a queue has asked. */
    private Long closedSince;

    @Inject
    WorkGates(BrokerWatch broker, StoreWatch store, Instance<DeviceHealth> device) {
        this(
                broker::isAway,
                store::reason,
                device.isResolvable() ? Optional.of(device.get()) : Optional.empty(),
                System::nanoTime);
    }

    /**
     * @param brokerAway whether the broker does not answer
     * @param storeAway why the store does not answer; empty while it does
     * @param device empty where the service has none
     */
    WorkGates(
            BooleanSupplier brokerAway,
            Supplier<Optional<String>> storeAway,
            Optional<DeviceHealth> device,
            LongSupplier nanoTime) {
        this.brokerAway = brokerAway;
        this.storeAway = storeAway;
        this.device = device;
        this.nanoTime = nanoTime;
    }

    /** Of work that needs nothing but the broker. */
    public WorkGate broker() {
        return this::withoutBroker;
    }

    /** Of work that needs the store, and no device. */
    public WorkGate store() {
        return () -> withoutBroker().or(this::withoutStore);
    }

    /** Of work on the device. A device that was sick is asked each time whether it computes again. */
    public WorkGate storeAndDevice() {
        return new WorkGate() {
            @Override
            public Optional<String> closedBecause() {
                return store().closedBecause().or(WorkGates.this::withoutDevice);
            }

            @Override
            public boolean isClosedForAll() {
                return store().isClosedForAll();
            }
        };
    }

    private Optional<String> withoutBroker() {
        return brokerAway.getAsBoolean() ? Optional.of("the broker does not answer") : Optional.empty();
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
