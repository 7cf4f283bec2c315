package org.rtda.attack;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.FailureKind;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.RequestWork;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.service.DeviceHealth;
import org.rtda.service.WorkPreconditions;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactException;
import org.rtda.store.Payloads;

/**
 * One request in, one answer out, in {@linkplain AttackLane lanes}, of each of which one request is taken at a time. A request is acknowledged when
 * the broker has its answer. One that can never be answered gets an answer that says why; where the store or the device is to
 * blame, it is left to others, and none is taken until that is well again.
 */
@ApplicationScoped
class AttackWorker {
    private static final Logger LOG = Logger.getLogger(AttackWorker.class);

    private final CraftAttack craftAttack;
    private final Payloads payloads;
    private final AttackScheduler lanes;
    private final WorkProgress progress;
    private final DeviceHealth device;
    private final WorkPreconditions preconditions;
    private final AttackConfig config;
    private final MeterRegistry meters;
    private final OpenTelemetry telemetry;
    private final Map<String, Object> kafka;
    private final Publisher publisher;
    private final List<WorkQueue> queues = new ArrayList<>();

    AttackWorker(
            CraftAttack craftAttack,
            Payloads payloads,
            AttackScheduler lanes,
            WorkProgress progress,
            DeviceHealth device,
            WorkPreconditions preconditions,
            AttackConfig config,
            MeterRegistry meters,
            OpenTelemetry telemetry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Publisher publisher) {
        this.craftAttack = craftAttack;
        this.payloads = payloads;
        this.lanes = lanes;
        this.progress = progress;
        this.device = device;
        this.preconditions = preconditions;
        this.config = config;
        this.meters = meters;
        this.telemetry = telemetry;
        this.kafka = kafka;
        this.publisher = publisher;
    }

    /** Every series from 0, so that the first failure is an increase and not a new series. */
    void countFromZero(@Observes StartupEvent started) {
        for (AttackLane lane : AttackLane.values()) {
            failures(lane);
        }
        Gauge.builder("rtda.stalled", progress, watched -> watched.stalledFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long requests have been under way without a pass through a network")
                .register(meters);
    }

    private Counter failures(AttackLane lane) {
        return meters.counter("rtda.attack.failed", "lane", lane.label());
    }

    /** After everything else, so that no request is taken before the engine is there. */
    void takeWork(@Observes @Priority(100) StartupEvent started) {
        for (AttackLane lane : AttackLane.values()) {
            queues.add(WorkQueue.open(
                    kafka,
                    lane.topic(),
                    delivery -> answer(delivery, lane),
                    publisher,
                    config.stopGrace(),
                    preconditions.storeAndDevice()));
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        WorkQueue.closeAll(queues);
    }

    private Work.End answer(Delivery delivery, AttackLane lane) throws InterruptedException {
        AttackRequest request = EventCodec.read(delivery.received().value(), AttackRequest.class);
        try (RequestWork work =
                RequestWork.begin(telemetry, "craft adversarial images", delivery.received(), request)) {
            BatchAnswer answer = answer(delivery, request, lane, work);
            publisher.publishAndWait(EventRecords.answer(Topic.ADVERSARIAL_BATCHES, answer));
            return Work.End.DONE;
        }
    }

    BatchAnswer answer(Delivery delivery, AttackRequest request, AttackLane lane, RequestWork work)
            throws InterruptedException {
        if (delivery.isLast()) {
            return refused(request, lane, delivery.givenUp(), null);
        }
        try {
            device.requireWell();
            Crafted crafted = lanes.take(lane, () -> craft(request, lane));
            long start = System.nanoTime();
            Payload images = payloads.write(request.id(), crafted.found().images());
            long nanos = crafted.nanos() + System.nanoTime() - start;
            meters.timer(
                            "rtda.attack",
                            "lane",
                            lane.label(),
                            "attack",
                            request.attack().name())
                    .record(Duration.ofNanos(nanos));
            return BatchAnswer.Ready.to(
                    request,
                    Instant.now(),
                    config.instance(),
                    images,
                    nanos / 1e6,
                    crafted.found().gradientEvaluations(),
                    crafted.found().zeroGradients());
        } catch (RuntimeException | Error e) {
            work.failed(e);
            device.suspect(e);
            if (!FailureKind.of(e).isFinal(delivery)) {
                throw e;
            }
            String object = ArtifactException.brokenObject(e);
            if (object != null && ObjectKeys.isTransient(object)) {
                // whoever asked does not wait any more and has removed it, or writes it again and asks again
                LOG.infof("attack request %s: %s", request.id(), e.getMessage());
                return failed(request, e.getMessage(), object);
            }
            LOG.errorf(e, "attack request %s cannot be answered", request.id());
            return refused(request, lane, FailureKind.why(e), object);
        }
    }

    private BatchAnswer refused(AttackRequest request, AttackLane lane, String reason, String object) {
        failures(lane).increment();
        return failed(request, reason, object);
    }

    private BatchAnswer failed(AttackRequest request, String reason, String object) {
        return BatchAnswer.Failed.to(request, Instant.now(), config.instance(), reason, object);
    }

    private Crafted craft(AttackRequest request, AttackLane lane) {
        long start = System.nanoTime();
        LongAdder aside = new LongAdder();
        progress.taskBegan();
        try {
            Attack.Perturbed found = craftAttack.craft(request, () -> {
                progress.moved();
                aside.add(lanes.stepAside(lane));
            });
            return new Crafted(found, System.nanoTime() - start - aside.sum());
        } finally {
            progress.taskEnded();
        }
    }

    /** @param nanos that it took, without what others took meanwhile */
    private record Crafted(Attack.Perturbed found, long nanos) {}
}
