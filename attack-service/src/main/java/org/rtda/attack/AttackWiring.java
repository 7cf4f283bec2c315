package org.rtda.attack;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.Payloads;
import org.rtda.store.RetryingArtifactStore;

@ApplicationScoped
class AttackWiring {
    private static final Logger LOG = Logger.getLogger(AttackWiring.class);

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, AttackConfig config) {
        AttackConfig.check(config);
    }

    /** Before the channels connect, so that they find their topics; the engine too, so that the first request is not slow. */
    void prepare(
            @Observes @Priority(1) StartupEvent event,
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers,
            TorchEngine engine,
            Device device,
            BrokerWatch broker) {
        engine.deviceName();
        TopicAdmin.ensure(brokers, Duration.ofSeconds(60));
        broker.begin();
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
    ArtifactStore store(AttackConfig config) {
        AttackConfig.Store store = config.store();
        return new RetryingArtifactStore(
                new MinioArtifactStore(new MinioSettings(
                        store.endpoint(), store.bucket(), store.accessKey(), store.secretKey(), store.region())),
                store.patience());
    }

    @Produces
    @Singleton
    BrokerWatch brokerWatch(@Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry meters) {
        BrokerWatch broker = BrokerWatch.of(kafka);
        Gauge.builder("rtda.broker.away", broker, watch -> watch.awayFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the broker has not answered")
                .register(meters);
        return broker;
    }

    void close(@Disposes BrokerWatch broker) {
        broker.close();
    }

    @Produces
    @Singleton
    Publisher publisher(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return new Publisher(kafka);
    }

    void close(@Disposes Publisher publisher) {
        publisher.close();
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
    Lanes lanes() {
        return new Lanes();
    }

    @Produces
    @Singleton
    RequestProgress progress() {
        return new RequestProgress(System::nanoTime);
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
