package org.rtda.evaluator.attack;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.Payload;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.store.Payloads;

/**
 * Asks attackers for the batches of a condition, some ahead, so that several workers share it, and checks every image that
 * comes. Safe for use by several threads.
 */
public final class AttackedBatches {
    /** Requests of one task under way. */
    public static final int REQUESTS_AHEAD = 8;

    private static final Logger LOG = Logger.getLogger(AttackedBatches.class);

    /** How often the images that an attack starts from are written before its condition fails. */
    private static final int TIMES_WRITTEN = 3;

    private final AdversarialImages attacks;
    private final Payloads payloads;
    private final String instance;
    private final Clock clock;

    /**
     * @param payloads carries images to attackers that are not the data set's own
     * @param instance where answers come back
     */
    public AttackedBatches(AdversarialImages attacks, Payloads payloads, String instance, Clock clock) {
        this.attacks = attacks;
        this.payloads = payloads;
        this.instance = instance;
        this.clock = clock;
    }

    /** @param shard tells requests for the same images apart */
    public record Part(int step, int shard, int[] indices) {}

    /** Takes the parts in their order. */
    public interface Receiver {
        /**
         * @param adversarial within the ball and in [0,1]
         * @param zeroGradients null where the attacker did not look
         */
        void receive(Part part, CleanBatch batch, ImageBatch adversarial, Integer zeroGradients);
    }

    public static List<Part> parts(int[] indices) {
        List<Part> parts = new ArrayList<>();
        for (int[] batch : Batches.of(indices)) {
            parts.add(new Part(parts.size(), 0, batch));
        }
        return parts;
    }

    /** Around the images of the data set. */
    public void run(EvaluationContext judging, AttackOrder order, List<Part> parts, Receiver receiver)
            throws InterruptedException {
        run(judging, order, parts, null, receiver);
    }

    /**
     * @param centres the images that the ball is around, made anew where they are needed; null for the clean ones
     * @throws ConditionFailedException when an attacker refuses, leaves the ball or does not answer within the longest wait that
     *     is set, or the attack is not defined for so few classes
     */
    public void run(
            EvaluationContext judging,
            AttackOrder order,
            List<Part> parts,
            Function<CleanBatch, ImageBatch> centres,
            Receiver receiver)
            throws InterruptedException {
        int classes = judging.manifest().classes().size();
        int least = order.attack().kind().leastClasses();
        if (classes < least) {
            throw EvaluatorFailure.TOO_FEW_CLASSES.with(
                    order.attack().name(), least, judging.manifest().name(), classes);
        }
        Deque<UnderWay> underWay = new ArrayDeque<>();
        try {
            int asked = 0;
            for (int at = 0; at < parts.size(); at++) {
                while (asked < Math.min(parts.size(), at + REQUESTS_AHEAD)) {
                    underWay.add(ask(judging, order, parts.get(asked++), centres));
                }
                try (UnderWay next = underWay.remove()) {
                    AdversarialImages.Answer answer = next.await();
                    // not before: many conditions may be waiting, and batches are large
                    CleanBatch batch = judging.clean(next.part().indices());
                    ImageBatch centre = centres == null ? batch.images() : centres.apply(batch);
                    ImageBatch images =
                            PerturbationCheck.accept(next.request().id(), order.attack(), centre, answer.images());
                    receiver.receive(next.part(), batch, images, answer.zeroGradients());
                }
            }
        } finally {
            closeAll(underWay);
        }
    }

    /** Each is closed, whatever becomes of the others: an answer that stays open is waited for by the attack client for ever. */
    private static void closeAll(Collection<UnderWay> underWay) {
        RuntimeException failed = null;
        for (UnderWay each : underWay) {
            try {
                each.close();
            } catch (RuntimeException e) {
                if (failed != null) {
                    e.addSuppressed(failed);
                }
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private UnderWay ask(
            EvaluationContext judging, AttackOrder order, Part part, Function<CleanBatch, ImageBatch> centres) {
        String id = id(judging, order, part);
        String name = AttackCentres.name(EvaluationId.parse(judging.task().evaluationId()), instance, id);
        // the same bits whenever it is written, so a request that was sent is true of what is written again
        Supplier<Payload> base =
                centres == null ? () -> null : () -> payloads.write(name, centres.apply(judging.clean(part.indices())));
        AttackRequest request = request(judging, order, part, id, base.get());
        EvaluationLane lane = EvaluationLane.of(judging.task());
        DatasetManifest data = judging.manifest();
        long[] shape = {part.indices().length, data.channels(), data.height(), data.width()};
        return new UnderWay(part, request, base, () -> attacks.ask(lane, request, shape));
    }

    private final class UnderWay implements AutoCloseable {
        private final Part part;
        private final AttackRequest request;
        private final Supplier<Payload> base;
        private final Supplier<AdversarialImages.Asked> ask;
        private AdversarialImages.Asked asked;

        /** @param base writes the images that the request starts from */
        private UnderWay(
                Part part, AttackRequest request, Supplier<Payload> base, Supplier<AdversarialImages.Asked> ask) {
            this.part = part;
            this.request = request;
            this.base = base;
            this.ask = ask;
            this.asked = ask.get();
        }

        private Part part() {
            return part;
        }

        private AttackRequest request() {
            return request;
        }

        private AdversarialImages.Answer await() throws InterruptedException {
            for (int written = 1; ; written++) {
                try {
                    return asked.await();
                } catch (LostBaseException e) {
                    if (written == TIMES_WRITTEN) {
                        throw EvaluatorFailure.ATTACK_REFUSED.with(
                                request.id(), e.getMessage() + ", written " + written + " times");
                    }
                    LOG.warnf("Attack request %s: its images are written again: %s", request.id(), e.getMessage());
                    asked.close();
                    base.get();
                    asked = ask.get();
                }
            }
        }

        @Override
        public void close() {
            asked.close();
            if (request.base() != null) {
                payloads.discard(request.base());
            }
        }
    }

    /** What the random starts are drawn for: not the evaluation, so that two evaluations of a checkpoint agree. */
    private static String view(EvaluationContext judging, AttackOrder order) {
        return EvaluationIds.epoch(judging.checkpoint().epoch()) + "-"
                + judging.condition().label() + order.draw();
    }

    private static String id(EvaluationContext judging, AttackOrder order, Part part) {
        CheckpointSaved checkpoint = judging.checkpoint();
        return AttackCentres.requestId(
                EvaluationId.parse(judging.task().evaluationId()),
                checkpoint.attempt(),
                part.step(),
                view(judging, order),
                part.shard());
    }

    private AttackRequest request(EvaluationContext judging, AttackOrder order, Part part, String id, Payload base) {
        CheckpointSaved checkpoint = judging.checkpoint();
        Condition condition = judging.condition();
        Seed seed = judging.seed();
        return AttackRequest.builder()
                .id(id)
                .time(clock.instant())
                .experimentId(judging.task().experimentId())
                .replyTo(instance)
                .attempt(checkpoint.attempt())
                .step(part.step())
                .view(view(judging, order))
                .shard(part.shard())
                .images(new ImageSource(
                        checkpoint.dataset(),
                        condition.split(),
                        part.indices(),
                        PreAugmentation.NONE,
                        seed.value(),
                        part.step()))
                .base(base)
                .network(order.network())
                .weights(order.weights())
                .attack(order.attack())
                .seed(seed.value())
                .targetClass(order.targetClass())
                .normalization(order.normalization())
                .build();
    }
}
