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
import org.rtda.messaging.WorkPrecondition;
import org.rtda.store.StoreWatch;

/**
 * When a service takes no work: while the broker or its store does not answer, or its device is sick. Each queue has the precondition of
 * its work. The log says once that no work is taken for want of the store and once that it is again; {@link BrokerWatch} says it of the
 * broker and {@link DeviceHealth} of the device.
 */
@Singleton
public final class WorkPreconditions {
    private static final Logger LOG = Logger.getLogger(WorkPreconditions.class);

    private final BooleanSupplier brokerAway;
    private final Supplier<Optional<String>> storeAway;
    private final Optional<DeviceHealth> device;
    private final LongSupplier nanoTime;
    /** Null while the store answers, as far as a queue has asked. */
    private Long missingSince;

    @Inject
    WorkPreconditions(BrokerWatch broker, StoreWatch store, Instance<DeviceHealth> device) {
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
    WorkPreconditions(
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
    public WorkPrecondition broker() {
        return this::withoutBroker;
    }

    /** Of work that needs the store, and no device. */
    public WorkPrecondition store() {
        return () -> withoutBroker().or(this::withoutStore);
    }

    /** Of work on the device. A device that was sick is asked each time whether it computes again. */
    public WorkPrecondition storeAndDevice() {
        return new WorkPrecondition() {
            @Override
            public Optional<String> missing() {
                return store().missing().or(WorkPreconditions.this::withoutDevice);
            }

            @Override
            public boolean isMissingForAll() {
                return store().isMissingForAll();
            }
        };
    }

    private Optional<String> withoutBroker() {
        return brokerAway.getAsBoolean() ? Optional.of("the broker does not answer") : Optional.empty();
    }

    private synchronized Optional<String> withoutStore() {
        Optional<String> reason = storeAway.get();
        if (reason.isPresent() && missingSince == null) {
            missingSince = nanoTime.getAsLong();
            LOG.warnf("no work is taken until the store answers: %s", reason.get());
        } else if (reason.isEmpty() && missingSince != null) {
            LOG.infof(
                    "the store answers again, and work is taken, after %d s",
                    Duration.ofNanos(nanoTime.getAsLong() - missingSince).toSeconds());
            missingSince = null;
        }
        return reason;
    }

    private Optional<String> withoutDevice() {
        try {
            device.ifPresent(DeviceHealth::requireWell);
            return Optional.empty();
        } catch (DeviceFailureException e) {
            return Optional.of(e.getMessage());
        }
    }
}
