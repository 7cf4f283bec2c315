package org.rtda.trainer;

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
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.rtda.contracts.Topic;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicFollower;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.service.BrokerStart;
import org.rtda.service.DeviceHealth;
import org.rtda.service.ProgressLiveness;
import org.rtda.service.ProgressStore;
import org.rtda.service.StoreConfig;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;
import org.rtda.trainer.telemetry.StepTraces;
import org.rtda.trainer.telemetry.TrainerMeters;

@ApplicationScoped
class TrainerWiring {
    /**
     * Of a run that is cancelled: twice as long as the lock of a trainer that fell silent. One that lives and is in a longer step is
     * overtaken and stops, too.
     */
    private static final Duration TRAINER_ENDS_WITHIN = Duration.ofSeconds(30);

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, TrainerConfig config, StoreConfig store) {
        TrainerConfig.check(config);
        ProgressLiveness.checkLimit("rtda.stall-limit", config.stallLimit(), store);
    }

    /** Before the worker takes anything; the engine too, so that the first step is not slow. */
    void prepare(@Observes @Priority(1) StartupEvent event, TorchEngine engine, BrokerStart broker) {
        engine.deviceName();
        broker.await();
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
    @Liveness
    @Singleton
    HealthCheck runMoves(WorkProgress progress, TrainerConfig config) {
        return new ProgressLiveness("the run moves", progress, config.stallLimit());
    }

    @Produces
    @Singleton
    DeviceHealth deviceHealth(TorchEngine engine) {
        return new DeviceHealth(engine.deviceName(), engine::requireRight);
    }

    @Produces
    @Singleton
    Payloads payloads(ProgressStore store, TrainerConfig config) {
        return new Payloads(store, config.inlineLimitBytes());
    }

    @Produces
    @Singleton
    KafkaWorkExchange exchange(
            Publisher publisher,
            OpenTelemetry telemetry,
            ArtifactStore store,
            TrainerConfig config,
            TrainerMeters meters,
            StepTraces traces,
            StoreCleanup cleanup,
            WorkProgress progress) {
        return new KafkaWorkExchange(
                publisher::publish,
                telemetry,
                late -> cleanup.execute(() -> store.delete(late)),
                config,
                meters,
                traces,
                progress);
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
    TransientSweep sweep(ArtifactStore store, Attempts attempts) {
        return new TransientSweep(store, attempts);
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
            ProgressStore store,
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
        return new CancelQueued(
                trainExperiment, store, attempts, claims, config.instance(), meters, TRAINER_ENDS_WITHIN);
    }

    @Produces
    @Singleton
    FailUnreadable failUnreadable(
            OpenRuns openRuns,
            TrainerConfig config,
            TrainerMeters meters,
            Attempts attempts,
            TopicFollower attemptsFollower,
            Publisher publisher,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        FailUnreadable.Endings endings = (id, control, outcome) -> KafkaOwnership.endWaiting(
                kafka, publisher, attempts, attemptsFollower, id, config.instance(), control, outcome);
        return new FailUnreadable(openRuns::isSubmitted, endings, config.instance(), meters);
    }

    @Produces
    @Singleton
    RunExperiment runToItsEnd(
            TrainExperiment trainExperiment,
            ProgressStore store,
            KafkaTrainerEvents events,
            TrainerConfig config,
            TrainerMeters meters,
            Attempts attempts,
            TopicFollower attemptsFollower,
            Publisher publisher,
            WorkProgress progress,
            DeviceHealth device,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        RunExperiment.Claims claims = (id, atLeast, step, control) -> Ownership.saying(
                progress.waitingFor(() -> new KafkaOwnership(
                        kafka, publisher, attempts, attemptsFollower, id, config.instance(), atLeast, step, control)),
                progress);
        return new RunExperiment(
                trainExperiment, store, events::ownedBy, attempts, claims, config.instance(), meters, device, progress);
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
