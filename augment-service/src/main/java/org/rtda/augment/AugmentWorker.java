package org.rtda.augment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.RequestWork;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;
import org.rtda.service.WorkPreconditions;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactException;
import org.rtda.store.Payloads;

/**
 * Takes augment requests, and publishes one answer for each. A request is acknowledged when the broker has its answer.
 * One that can never be answered gets an answer that says why; where the store is to blame, it is left to others, and none is taken until
 * the store answers.
 */
@ApplicationScoped
class AugmentWorker {
    private static final Logger LOG = Logger.getLogger(AugmentWorker.class);

    private final AugmentImages augmentImages;
    private final Payloads payloads;
    private final WorkProgress progress;
    private final WorkPreconditions preconditions;
    private final AugmentConfig config;
    private final Timer answered;
    private final Counter failed;
    private final OpenTelemetry telemetry;
    private final Map<String, Object> kafka;
    private final Publisher publisher;
    private WorkQueue queue;

    AugmentWorker(
            AugmentImages augmentImages,
            Payloads payloads,
            WorkProgress progress,
            WorkPreconditions preconditions,
            AugmentConfig config,
            MeterRegistry meters,
            OpenTelemetry telemetry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Publisher publisher) {
        this.augmentImages = augmentImages;
        this.payloads = payloads;
        this.progress = progress;
        this.preconditions = preconditions;
        this.config = config;
        this.answered = meters.timer("rtda.augment");
        this.telemetry = telemetry;
        this.kafka = kafka;
        this.publisher = publisher;
        this.failed = meters.counter("rtda.augment.failed");
        Gauge.builder("rtda.stalled", progress, watched -> watched.stalledFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long a request has been under way without an answer of the store")
                .register(meters);
    }

    /** After everything else, so that no request is taken before it can be answered. */
    void takeWork(@Observes @Priority(100) StartupEvent started) {
        queue = WorkQueue.open(
                kafka, Topic.AUGMENT_REQUESTS, this::answer, publisher, config.stopGrace(), preconditions.store());
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        queue.close();
    }

    private Work.End answer(Delivery delivery) throws InterruptedException {
        AugmentRequest request = EventCodec.read(delivery.received().value(), AugmentRequest.class);
        try (RequestWork work = RequestWork.begin(telemetry, "make augmented images", delivery.received(), request)) {
            BatchAnswer answer = answer(delivery, request, work);
            publisher.publishAndWait(EventRecords.answer(Topic.AUGMENTED_BATCHES, answer));
            return Work.End.DONE;
        }
    }

    private BatchAnswer answer(Delivery delivery, AugmentRequest request, RequestWork work) {
        if (delivery.isLast()) {
            return refused(request, delivery.givenUp(), null);
        }
        try {
            long start = System.nanoTime();
            Payload images = images(request);
            long nanos = System.nanoTime() - start;
            answered.record(Duration.ofNanos(nanos));
            return BatchAnswer.Ready.to(request, Instant.now(), config.instance(), images, nanos / 1e6, 0, null);
        } catch (RuntimeException | Error e) {
            work.failed(e);
            if (!FailureKind.of(e).isFinal(delivery)) {
                throw e;
            }
            LOG.errorf(e, "augment request %s cannot be answered", request.id());
            return refused(request, FailureKind.why(e), ArtifactException.brokenObject(e));
        }
    }

    private Payload images(AugmentRequest request) {
        progress.taskBegan();
        try {
            return payloads.write(request.id(), augmentImages.make(request));
        } finally {
            progress.taskEnded();
        }
    }

    private BatchAnswer refused(AugmentRequest request, String reason, String object) {
        failed.increment();
        return BatchAnswer.Failed.to(request, Instant.now(), config.instance(), reason, object);
    }
}
