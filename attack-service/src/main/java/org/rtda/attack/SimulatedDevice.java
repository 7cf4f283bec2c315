package org.rtda.attack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.attack.Attack;

/**
 * Makes this worker as slow as an accelerator that is not there, to measure how a system with many of them behaves on a
 * machine with none. The answer is the real one, given when the simulated device would have been done. Only a request for
 * the view {@value #VIEW}, which no training and no evaluation asks for, is not computed at all: its answer is the images
 * it started from. For one thread at a time.
 */
public final class SimulatedDevice implements Device {
    /** The view of a request that asks for the device's time alone. */
    public static final String VIEW = "simulated";

    private static final Logger LOG = Logger.getLogger(SimulatedDevice.class);

    private final double millisPerImage;
    private final LongSupplier nanoTime;
    private final LongConsumer pauseNanos;

    /** @param millisPerImage that the device takes for one image of a request, above 0 and finite */
    public SimulatedDevice(double millisPerImage) {
        this(millisPerImage, System::nanoTime, LockSupport::parkNanos);
    }

    SimulatedDevice(double millisPerImage, LongSupplier nanoTime, LongConsumer pauseNanos) {
        if (!(millisPerImage > 0 && millisPerImage < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rtda.simulated-device-millis-per-image must be above 0 and finite, was "
                    + millisPerImage + "; 0 in the configuration switches the simulation off");
        }
        this.millisPerImage = millisPerImage;
        this.nanoTime = nanoTime;
        this.pauseNanos = pauseNanos;
    }

    @Override
    public Attack.Perturbed perturb(AttackRequest request, ImageBatch from, Supplier<Attack.Perturbed> crafting) {
        long start = nanoTime.getAsLong();
        long wanted = Math.round(from.count() * millisPerImage * 1e6);
        Attack.Perturbed answer = request.view().equals(VIEW) ? new Attack.Perturbed(from, 0, null) : crafting.get();
        long left = wanted - (nanoTime.getAsLong() - start);
        if (left < 0) {
            LOG.warnf(
                    "request %s took %d ms longer to craft here than the simulated device would: its time is not simulated",
                    request.id(), Duration.ofNanos(-left).toMillis());
        }
        while (left > 0) {
            pauseNanos.accept(left);
            left = wanted - (nanoTime.getAsLong() - start);
        }
        return answer;
    }
}
