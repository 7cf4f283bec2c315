package org.rtda.augment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.logging.Logger;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.Event;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.RequestWork;
import org.rtda.store.Payloads;

/**
 * One request in, one answer out. A record that does not parse is refused, which sends it to the dead letters; a request
 * that cannot be answered gets an answer that says why.
 */
@ApplicationScoped
class AugmentWorker {
    private static final Logger LOG = Logger.getLogger(AugmentWorker.class);

    private final AugmentImages augmentImages;
    private final Payloads payloads;
    private final AugmentConfig config;
    private final Timer answered;
    private final Counter failed;
    private final OpenTelemetry telemetry;

    AugmentWorker(
            AugmentImages augmentImages,
            Payloads payloads,
            AugmentConfig config,
            MeterRegistry meters,
            OpenTelemetry telemetry) {
        this.augmentImages = augmentImages;
        this.payloads = payloads;
        this.config = config;
        this.answered = meters.timer("rtda.augment");
        this.telemetry = telemetry;
        this.failed = meters.counter("rtda.augment.failed");
    }

    @Incoming("augment-requests")
    @Outgoing("augmented-batches")
    @Blocking
    ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> received) {
        AugmentRequest request = EventCodec.read(received.value(), AugmentRequest.class);
        try (RequestWork work = RequestWork.begin(telemetry, "make augmented images", received, request)) {
            return EventRecords.answer(Topic.AUGMENTED_BATCHES, answer(work, request));
        }
    }

    private BatchAnswer answer(RequestWork work, AugmentRequest request) {
        try {
            long start = System.nanoTime();
            Payload images = payloads.write(request.id(), augmentImages.make(request));
            long nanos = System.nanoTime() - start;
            answered.record(Duration.ofNanos(nanos));
            return new BatchAnswer.Ready(
                    request.id(),
                    Instant.now(),
                    Event.SCHEMA_VERSION,
                    request.experimentId(),
                    request.replyTo(),
                    request.attempt(),
                    config.instance(),
                    images,
                    nanos / 1e6,
                    0,
                    null);
        } catch (RuntimeException e) {
            failed.increment();
            work.failed(e);
            LOG.errorf(e, "augment request %s cannot be answered", request.id());
            return new BatchAnswer.Failed(
                    request.id(),
                    Instant.now(),
                    Event.SCHEMA_VERSION,
                    request.experimentId(),
                    request.replyTo(),
                    request.attempt(),
                    config.instance(),
                    e.getMessage());
        }
    }
}
