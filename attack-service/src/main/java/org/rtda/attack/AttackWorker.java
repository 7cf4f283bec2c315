package org.rtda.attack;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.Event;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Topic;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.RequestWork;
import org.rtda.nn.pytorch.Attack;
import org.rtda.store.Payloads;

/**
 * One request in, one answer out, in two lanes. A record that does not parse is refused, which sends it to the dead
 * letters; a request that cannot be answered gets an answer that says why. Several requests of a lane may wait in here at
 * once, so that the lanes know who is waiting; one is worked on.
 */
@ApplicationScoped
class AttackWorker {
    private static final Logger LOG = Logger.getLogger(AttackWorker.class);

    private final CraftAttack craftAttack;
    private final Payloads payloads;
    private final Lanes lanes;
    private final Progress progress;
    private final AttackConfig config;
    private final MeterRegistry meters;
    private final OpenTelemetry telemetry;

    AttackWorker(
            CraftAttack craftAttack,
            Payloads payloads,
            Lanes lanes,
            Progress progress,
            AttackConfig config,
            MeterRegistry meters,
            OpenTelemetry telemetry) {
        this.craftAttack = craftAttack;
        this.payloads = payloads;
        this.lanes = lanes;
        this.progress = progress;
        this.config = config;
        this.meters = meters;
        this.telemetry = telemetry;
    }

    /** Every series from 0, so that the first failure is an increase and not a new series. */
    void countFromZero(@Observes StartupEvent started) {
        failures("training");
        failures("evaluation");
        Gauge.builder("rtda.stalled", progress, watched -> watched.stalledFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long requests have been under way without a pass through a network")
                .register(meters);
    }

    private Counter failures(String lane) {
        return meters.counter("rtda.attack.failed", "lane", lane);
    }

    @Incoming("attack-requests")
    @Outgoing("adversarial-batches")
    @Blocking(value = "training-lane", ordered = false)
    ProducerRecord<String, byte[]> answerTraining(ConsumerRecord<String, byte[]> received) {
        AttackRequest request = EventCodec.read(received.value(), AttackRequest.class);
        return EventRecords.answer(
                Topic.ADVERSARIAL_BATCHES, answer(received, request, "training", lanes::training, () -> 0));
    }

    @Incoming("evaluation-attack-requests")
    @Outgoing("adversarial-batches")
    @Blocking(value = "evaluation-lane", ordered = false)
    ProducerRecord<String, byte[]> answerEvaluation(ConsumerRecord<String, byte[]> received) {
        AttackRequest request = EventCodec.read(received.value(), AttackRequest.class);
        return EventRecords.answer(
                Topic.ADVERSARIAL_BATCHES,
                answer(received, request, "evaluation", lanes::evaluation, lanes::stepAside));
    }

    /**
     * Crafts when it is the request's turn; the answer is written while the next request is crafted.
     *
     * @param turn runs its argument when it is this request's turn
     * @param stepAside lets others go first, for as many nanoseconds as it returns
     */
    private BatchAnswer answer(
            ConsumerRecord<String, byte[]> received,
            AttackRequest request,
            String lane,
            Turn turn,
            LongSupplier stepAside) {
        try (RequestWork work = RequestWork.begin(telemetry, "craft adversarial images", received, request)) {
            return answer(work, request, lane, turn, stepAside);
        }
    }

    private BatchAnswer answer(
            RequestWork work, AttackRequest request, String lane, Turn turn, LongSupplier stepAside) {
        try {
            Crafted crafted = turn.take(() -> craft(request, stepAside));
            long start = System.nanoTime();
            Payload images = payloads.write(request.id(), crafted.found().images());
            long nanos = crafted.nanos() + System.nanoTime() - start;
            meters.timer("rtda.attack", "lane", lane, "attack", request.attack().name())
                    .record(Duration.ofNanos(nanos));
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
                    crafted.found().gradientEvaluations(),
                    crafted.found().zeroGradients());
        } catch (RuntimeException e) {
            failures(lane).increment();
            work.failed(e);
            LOG.errorf(e, "attack request %s cannot be answered", request.id());
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

    private Crafted craft(AttackRequest request, LongSupplier stepAside) {
        long start = System.nanoTime();
        LongAdder aside = new LongAdder();
        progress.requestBegan();
        try {
            Attack.Perturbed found = craftAttack.craft(request, () -> {
                progress.moved();
                aside.add(stepAside.getAsLong());
            });
            return new Crafted(found, System.nanoTime() - start - aside.sum());
        } finally {
            progress.requestEnded();
        }
    }

    /** @param nanos that it took, without what others took meanwhile */
    private record Crafted(Attack.Perturbed found, long nanos) {}

    /** A lane's turn for one request. */
    private interface Turn {
        Crafted take(Supplier<Crafted> work);
    }
}
