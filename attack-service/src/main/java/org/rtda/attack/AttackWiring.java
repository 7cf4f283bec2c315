package org.rtda.attack;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.service.BrokerStart;
import org.rtda.service.DeviceHealth;
import org.rtda.service.ProgressLiveness;
import org.rtda.service.StoreConfig;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

@ApplicationScoped
class AttackWiring {
    private static final Logger LOG = Logger.getLogger(AttackWiring.class);

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, AttackConfig config, StoreConfig store) {
        AttackConfig.check(config);
        ProgressLiveness.checkLimit("rtda.stall-limit", config.stallLimit(), store);
    }

    /** Before the worker takes anything; the engine too, so that the first request is not slow. */
    void prepare(@Observes @Priority(1) StartupEvent event, TorchEngine engine, Device device, BrokerStart broker) {
        engine.deviceName();
        broker.await();
    }

    @Produces
    @Singleton
    TorchEngine engine(AttackConfig config) {
        return TorchEngine.start(config.device());
    }

    void close(@Disposes TorchEngine engine) {
        engine.close();
    }

    @Produces
    @Singleton
    DeviceHealth deviceHealth(TorchEngine engine) {
        return new DeviceHealth(engine.deviceName(), engine::requireRight);
    }

    @Produces
    @Singleton
    Payloads payloads(ArtifactStore store, AttackConfig config) {
        return new Payloads(store, config.inlineLimitBytes());
    }

    @Produces
    @Singleton
    TargetNetworks targets(TorchEngine engine, ArtifactStore store, AttackConfig config) {
        return new TargetNetworks(engine, store, config.networkCache());
    }

    void close(@Disposes TargetNetworks targets) {
        targets.close();
    }

    @Produces
    @Singleton
    AttackScheduler lanes() {
        return new AttackScheduler();
    }

    @Produces
    @Singleton
    Device device(AttackConfig config) {
        double millisPerImage = config.simulatedDeviceMillisPerImage();
        if (millisPerImage == 0) {
            return Device.OWN;
        }
        LOG.warnf(
                "NOT FOR USE: this worker simulates a device that takes %s ms an image"
                        + " (rtda.simulated-device-millis-per-image) and holds its answers back until then",
                millisPerImage);
        return new SimulatedDevice(millisPerImage);
    }

    @Produces
    @Singleton
    CraftAttack craftAttack(
            ArtifactStore store, Payloads payloads, TargetNetworks targets, Device device, AttackConfig config) {
        return new CraftAttack(new DatasetReader(store, config.blockCacheBytes()), payloads, targets, device);
    }
}
