package org.rtda.trainer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
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
import org.rtda.contracts.Topic;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.messaging.TopicFollower;
import org.rtda.nn.pytorch.engine.TorchEngine;
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
            TorchEngine engine,
            BrokerWatch broker) {
        engine.deviceName();
        TopicAdmin.ensure(brokers, Duration.ofSeconds(60));
        broker.begin();
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
    Payloads payloads(ArtifactStore store, TrainerConfig config) {
        return new Payloads(store, config.inlineLimitBytes());
    }

    @Produces
    @Singleton
    KafkaWorkExchange exchange(
            Publisher publisher,
            OpenTelemetry telemetry,
            Payloads payloads,
            TrainerConfig config,
            TrainerMeters meters,
            StepTraces traces,
            HouseKeeping houseKeeping) {
        return new KafkaWorkExchange(
                publisher,
                telemetry,
                late -> houseKeeping.execute(() -> payloads.discard(late)),
                config,
                meters,
                traces);
    }

    @Produces
    @Singleton
    Attempts attempts() {
        return new Attempts();
    }

    @Produces
    @Singleton
    TopicFollower attemptsFollower(@Identifier("default-kafka-broker") Map<String, Object> kafka, Attempts attempts) {
        return TopicFollower.fromBeginning(kafka, Topic.EXPERIMENT_ATTEMPTS, attempts::receive);
    }

    void close(@Disposes TopicFollower follower) {
        follower.close();
    }

    @Produces
    @Singleton
    OpenRuns openRuns() {
        return new OpenRuns();
    }

    @Produces
    @Singleton
    TrainExperiment trainExperiment(
            TorchEngine engine,
            ArtifactStore store,
            Payloads payloads,
            KafkaWorkExchange exchange,
            KafkaTrainerEvents events,
            TrainerConfig config) {
        return new TrainExperiment(
                engine,
                store,
                new DatasetReader(store, config.blockCacheBytes()),
                payloads,
                exchange,
                events,
                config.instance(),
                TrainerMemory.bytes(config, engine.deviceName()));
    }

    @Produces
    @Singleton
    CancelQueued cancelQueued(
            TrainExperiment trainExperiment,
            ArtifactStore store,
            TrainerConfig config,
            TrainerMeters meters,
            Attempts attempts,
            TopicFollower attemptsFollower,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        String canceller = config.instance() + "-canceller";
        RunExperiment.Claims claims = (id, atLeast, step, control) ->
                new KafkaOwnership(kafka, publisher, attempts, attemptsFollower, id, canceller, atLeast, step, control);
        return new CancelQueued(trainExperiment, store, attempts, claims, config.instance(), meters);
    }

    @Produces
    @Singleton
    RunExperiment runToItsEnd(
            TrainExperiment trainExperiment,
            ArtifactStore store,
            KafkaTrainerEvents events,
            TrainerConfig config,
            TrainerMeters meters,
            Attempts attempts,
            TopicFollower attemptsFollower,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        RunExperiment.Claims claims = (id, atLeast, step, control) -> new KafkaOwnership(
                kafka, publisher, attempts, attemptsFollower, id, config.instance(), atLeast, step, control);
        return new RunExperiment(trainExperiment, store, events::ownedBy, attempts, claims, config.instance(), meters);
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
