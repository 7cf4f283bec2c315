package org.rtda.evaluator;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.attack.AttackClient;
import org.rtda.evaluator.attack.AttackTimeouts;
import org.rtda.evaluator.attack.ComputeSemaphore;
import org.rtda.evaluator.condition.MeasureCondition;
import org.rtda.evaluator.context.Classifier;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.evaluator.lifecycle.AnnounceCancelled;
import org.rtda.evaluator.lifecycle.AnnounceCompletion;
import org.rtda.evaluator.lifecycle.CancelledEvaluations;
import org.rtda.evaluator.lifecycle.EvaluationSweep;
import org.rtda.evaluator.lifecycle.FailUnplanned;
import org.rtda.evaluator.lifecycle.PlanEvaluation;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.evaluator.lifecycle.TaskRunner;
import org.rtda.evaluator.lifecycle.WantedTasks;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.service.BrokerStart;
import org.rtda.service.DeviceHealth;
import org.rtda.service.ProgressLiveness;
import org.rtda.service.StoreConfig;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/** Builds the adapters and use cases from the configuration. */
@ApplicationScoped
class EvaluatorWiring {

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, EvaluatorConfig config, StoreConfig store) {
        EvaluatorConfig.check(config);
        ProgressLiveness.checkLimit(
                "rtda.evaluator.stall-limit", config.evaluator().stallLimit(), store);
    }

    /** Before anything is followed or taken, so that the topics are there. */
    void prepare(@Observes @Priority(1) StartupEvent event, BrokerStart broker) {
        broker.await();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    DatasetReader datasets(ArtifactStore store, EvaluatorConfig config) {
        return new DatasetReader(store, config.blockCacheBytes());
    }

    /** Those that wait for attack workers do not count. */
    @Produces
    @Liveness
    @Singleton
    HealthCheck tasksMove(WorkProgress progress, EvaluatorConfig config) {
        return new ProgressLiveness(
                "evaluation tasks move", progress, config.evaluator().stallLimit());
    }

    @Produces
    @Singleton
    DeviceHealth deviceHealth() {
        return new DeviceHealth("cpu, with ONNX Runtime", OnnxClassifier::requireRight);
    }

    @Produces
    @Singleton
    ModelCache models(ArtifactStore store, DeviceHealth device, EvaluatorConfig config) {
        int threads = config.evaluator().modelThreads();
        return new ModelCache(
                store,
                bytes -> new OnnxModel(OnnxClassifier.load(bytes, threads)),
                config.evaluator().modelCache(),
                device);
    }

    void close(@Disposes ModelCache models) {
        models.close();
    }

    @Produces
    @Singleton
    PublishedMetrics published() {
        return new PublishedMetrics();
    }

    @Produces
    @Singleton
    CancelledEvaluations cancelled() {
        return new CancelledEvaluations();
    }

    @Produces
    @Singleton
    TaskThreads threads(EvaluatorConfig config) {
        return new TaskThreads(config.evaluator().tasks() + config.evaluator().namedTasks());
    }

    void close(@Disposes TaskThreads threads) {
        threads.close();
    }

    @Produces
    @Singleton
    AttackClient attacks(
            EvaluatorConfig config,
            EvaluatorEvents events,
            ArtifactStore store,
            WorkProgress progress,
            TaskThreads threads) {
        return new AttackClient(
                events,
                new Payloads(store, Payloads.DEFAULT_INLINE_LIMIT_BYTES),
                new AttackTimeouts(
                        config.evaluator().attackPatience(),
                        config.evaluator().attackAttempts(),
                        config.evaluator().attackAnswerPatience()),
                progress,
                threads.housekeeping(),
                System::nanoTime);
    }

    @Produces
    @Singleton
    PlanEvaluation planning(
            DatasetReader datasets,
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            AnnounceCancelled cancellation,
            FollowWorker follow,
            EvaluatorEvents events,
            Clock clock) {
        return new PlanEvaluation(datasets, published, cancelled, cancellation, follow::awaitAll, events, clock);
    }

    @Produces
    @Singleton
    FailUnplanned failing(ArtifactStore store, PublishedMetrics published, EvaluatorEvents events, Clock clock) {
        return new FailUnplanned(store, published, events, clock);
    }

    @Produces
    @Singleton
    AnnounceCancelled cancellation(
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            EvaluatorEvents events,
            Clock clock,
            MeterRegistry meters) {
        return new AnnounceCancelled(published, cancelled, events, clock, meters);
    }

    @Produces
    @Singleton
    AnnounceCompletion announcement(
            ArtifactStore store, DatasetReader datasets, EvaluatorEvents events, Clock clock, MeterRegistry meters) {
        return new AnnounceCompletion(store, datasets, events, clock, meters);
    }

    @Produces
    @Singleton
    EvaluationSweep sweep(ArtifactStore store, PublishedMetrics published) {
        return new EvaluationSweep(store, published);
    }

    @Produces
    @Singleton
    TaskRunner runner(
            EvaluatorConfig config,
            DatasetReader datasets,
            ModelCache models,
            ArtifactStore store,
            AttackClient attacks,
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            EvaluatorEvents events,
            WorkProgress progress,
            Clock clock,
            TaskThreads threads,
            MeterRegistry meters) {
        int processors = Runtime.getRuntime().availableProcessors();
        ComputeSemaphore turns =
                new ComputeSemaphore(config.evaluator().computing().orElse(processors));
        WantedTasks wanted = new WantedTasks(published, cancelled);
        MeasureCondition measurement = new MeasureCondition(
                datasets, models, store, turns.waitedForAside(attacks), config.instance(), progress, clock, task -> {
                    turns.stepAside(EvaluationLane.of(task));
                    wanted.require(task);
                });
        return new TaskRunner(
                task -> turns.during(EvaluationLane.of(task), () -> measurement.measure(task)),
                published,
                cancelled,
                events,
                progress,
                clock,
                threads.tasks(),
                meters);
    }

    private record OnnxModel(OnnxClassifier classifier) implements Classifier {
        @Override
        public float[][] logits(ImageBatch images) {
            return classifier.logits(images);
        }

        @Override
        public void close() {
            classifier.close();
        }
    }
}
