package org.rtda.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.pytorch.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.Payloads;
import org.rtda.store.RetryingArtifactStore;

@ApplicationScoped
class TrainerWiring {

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, TrainerConfig config) {
        TrainerConfig.check(config);
    }

    /** Before the channels connect, so that they find their topics; the engine too, so that the first step is not slow. */
    void prepare(
            @Observes @Priority(1) StartupEvent event,
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers,
            TorchEngine engine) {
        engine.deviceName();
        TopicAdmin.ensure(brokers, Duration.ofSeconds(60));
    }

    @Produces
    @Singleton
    TorchEngine engine(TrainerConfig config) {
        return TorchEngine.start(config.device());
    }

    void close(@Disposes TorchEngine engine) {
        engine.close();
    }

    @Produces
    @Singleton
    ArtifactStore store(TrainerConfig config) {
        TrainerConfig.Store store = config.store();
        return new RetryingArtifactStore(
                new MinioArtifactStore(new MinioSettings(
                        store.endpoint(), store.bucket(), store.accessKey(), store.secretKey(), store.region())),
                store.patience());
    }

    @Produces
    @Singleton
    RunToItsEnd runToItsEnd(
            TorchEngine engine,
            ArtifactStore store,
            KafkaWorkExchange exchange,
            KafkaTrainerEvents events,
            TrainerConfig config,
            TrainerMeters meters) {
        TrainExperiment trainExperiment = new TrainExperiment(
                engine,
                store,
                new DatasetReader(store, config.blockCacheBytes()),
                new Payloads(store, config.inlineLimitBytes()),
                exchange,
                events,
                config.instance(),
                TrainerMemory.bytes(config, engine.deviceName()));
        return new RunToItsEnd(trainExperiment, store, events, config.instance(), meters);
    }

    @Produces
    @Singleton
    TrainerMeters meters(MeterRegistry meters) {
        return new TrainerMeters(meters, System::nanoTime);
    }

    @Produces
    @Singleton
    StepTraces traces(OpenTelemetry telemetry) {
        return new StepTraces(telemetry.getTracer("org.rtda"));
    }
}
