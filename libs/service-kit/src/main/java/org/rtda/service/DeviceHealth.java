package org.rtda.service;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.rtda.messaging.FailureKind;

/**
 * Tells failures of this worker's device from failures of what it was asked: when work has failed, the device is given a sum whose result is
 * known. Where that fails, too, the device is sick: the work is left to others, this worker says so in its readiness, and takes nothing
 * until the sum comes out right again. Safe for use by several threads.
 */
public final class DeviceHealth {
    private static final Logger LOG = Logger.getLogger(DeviceHealth.class);

    private final String device;
    private final Runnable sum;
    private final LongSupplier nanoTime;
    private volatile Sickness sickness;

    private record Sickness(long sinceNanos, String reason) {}

    /**
     * @param device its name, for people
     * @param sum computes something small on the device; throws where it cannot or the result is wrong
     */
    public DeviceHealth(String device, Runnable sum) {
        this(device, sum, System::nanoTime);
    }

    DeviceHealth(String device, Runnable sum, LongSupplier nanoTime) {
        this.device = device;
        this.sum = sum;
        this.nanoTime = nanoTime;
    }

    /** A device that never fails, for work that needs none and for tests. */
    public static DeviceHealth well() {
        return new DeviceHealth("none", () -> {});
    }

    /**
     * Asks the device after work on it has failed. Returns where the device is well, so that the failure is judged by itself.
     *
     * @param failure one of the surroundings says nothing about the device
     * @throws DeviceFailureException where the device is sick
     */
    public void suspect(Throwable failure) {
        if (FailureKind.of(failure) != FailureKind.ENVIRONMENT
                && !Thread.currentThread().isInterrupted()) {
            ask(failure);
        }
    }

    /**
     * To be called before work on the device. Asks it only where it was sick.
     *
     * @throws DeviceFailureException where it still is
     */
    public void requireWell() {
        if (sickness != null) {
            ask(null);
        }
    }

    /** @param suspicion the failure because of which it is asked; null where there is none */
    private void ask(Throwable suspicion) {
        try {
            sum.run();
            isWell();
        } catch (RuntimeException | Error e) {
            if (Thread.currentThread().isInterrupted()) {
                // the work is given up, and the device was not waited for
                return;
            }
            DeviceFailureException sick = new DeviceFailureException(
                    "the device " + device + " does not compute: " + FailureKind.why(e)
                            + "; look at the device and its driver, then start this worker again",
                    e);
            if (suspicion != null) {
                sick.addSuppressed(suspicion);
            }
            isSick(sick.getMessage());
            throw sick;
        }
    }

    private synchronized void isSick(String reason) {
        if (sickness == null) {
            LOG.errorf("%s; work is left to other workers, and none is taken until it computes", reason);
            sickness = new Sickness(nanoTime.getAsLong(), reason);
        }
    }

    private synchronized void isWell() {
        if (sickness != null) {
            LOG.infof(
                    "the device %s computes again, after %d s",
                    device, sickFor().toSeconds());
            sickness = null;
        }
    }

    /** For how long it has been sick; zero while it is well. */
    public Duration sickFor() {
        Sickness known = sickness;
        return known == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - known.sinceNanos());
    }

    /** Why it is sick; empty while it is well. */
    public Optional<String> reason() {
        return Optional.ofNullable(sickness).map(Sickness::reason);
    }
}
