package org.rtda.evaluator.attack;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.Payload;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.messaging.RecentIds;
import org.rtda.messaging.RefusedRecord;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.Payloads;
import org.rtda.store.batch.BatchCheck;

/**
 * Asks attack-service and hands each answer to whoever waits for it. Safe for use by several threads.
 *
 * <p>An answer counts as lost, and is asked for again, when no attacker has answered anybody for the given time; then after twice as long,
 * up to {@value #BUSY_FACTOR} times that long, and as often as it takes: the broker, the store or all attackers may be away, and a
 * request waits at the broker until one is back. Attackers that answer others are busy with what goes first: a request may rightly wait
 * for hours behind training. It is then asked for again after {@value #BUSY_FACTOR} times that long, and after twice as long the
 * next time. An attack of many steps keeps a worker silent for long: the time grows with the
 * longest attack that this desk waits for, by one for each {@value #USUAL_STEPS} steps.
 *
 * <p>Waiting is no stall. What attackers answer others is no sign of life of those who compute here.
 */
public final class AttackClient implements AdversarialImages {
    private static final Logger LOG = Logger.getLogger(AttackClient.class);
    static final int BUSY_FACTOR = 10;
    static final int USUAL_STEPS = 100;

    /** Late answers to older requests stay in the store until their evaluation ends. */
    private static final int MOST_CLOSED = 10_000;

    private final EvaluatorEvents events;
    private final Payloads payloads;
    private final AttackTimeouts patience;
    private final long silenceNanos;
    private final WorkProgress progress;
    private final Executor housekeeping;
    private final Map<String, Pending> waiting = new ConcurrentHashMap<>();
    /** Requests that were waited for, to which answers may still come. */
    private final RecentIds closed = new RecentIds(MOST_CLOSED);

    private final LongSupplier nanoTime;
    private volatile long heardAt;

    /**
     * @param housekeeping runs the removal of objects that nobody waits for
     */
    public AttackClient(
            EvaluatorEvents events,
            Payloads payloads,
            AttackTimeouts patience,
            WorkProgress progress,
            Executor housekeeping,
            LongSupplier nanoTime) {
        this.events = events;
        this.payloads = payloads;
        this.patience = patience;
        this.silenceNanos = patience.silence().toNanos();
        this.progress = progress;
        this.housekeeping = housekeeping;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
    }

    @Override
    public Asked ask(EvaluationLane lane, AttackRequest request, long[] shape) {
        Pending pending = new Pending(lane, request, shape);
        closed.remove(request.id());
        waiting.put(request.id(), pending);
        pending.send();
        return pending;
    }

    /** An attacker has answered somebody. */
    public void heard() {
        heardAt = nanoTime.getAsLong();
    }

    /** An answer to a request of this instance. One that this instance does not know is dropped, and nothing is removed for it. Does not block. */
    public void answered(BatchAnswer answer) {
        Pending pending = waiting.get(answer.id());
        if (pending != null) {
            pending.answer.complete(answer);
        } else if (answer instanceof BatchAnswer.Ready late
                && late.images().object() != null
                && closed.remove(late.id())) {
            housekeeping.execute(() -> discard(late.images()));
        }
    }

    /**
     * A request of this instance has become a dead letter: no attacker can read it. Letters of anything else are none of its business. One
     * that names a request of this instance and was not made of it is dropped.
     */
    public void refused(RefusedRecord letter) {
        Pending pending = letter.key() == null ? null : waiting.get(letter.key());
        if (pending == null) {
            return;
        }
        if (letter.is(pending.lane.attackRequests(), pending.request)) {
            pending.answer.completeExceptionally(EvaluatorFailure.ATTACK_REFUSED.with(letter.key(), letter.reason()));
        } else {
            LOG.warnf("A dead letter names attack request %s, and is not of it; it is dropped", letter.key());
        }
    }

    /** Of the attacks that this desk waits for, as a multiple of a usual one. */
    private long longestAttack() {
        return waiting.values().stream()
                .mapToLong(pending -> usualAttacks(pending.request.attack()))
                .max()
                .orElse(1);
    }

    /** How many usual ones the attack takes as long as, at least 1. */
    static long usualAttacks(AttackSettings attack) {
        return Math.max(1, (long) attack.steps() * attack.restarts() / USUAL_STEPS);
    }

    private void discard(Payload payload) {
        try {
            payloads.discard(payload);
        } catch (ArtifactException e) {
            LOG.warnf("Could not remove %s: %s", payload, e.getMessage());
        }
    }

    private final class Pending implements Asked {
        private final EvaluationLane lane;
        private final AttackRequest request;
        private final long[] shape;
        private volatile CompletableFuture<BatchAnswer> answer = new CompletableFuture<>();
        private volatile Payload received;
        private final long firstAskedAt = nanoTime.getAsLong();
        private volatile long askedAt;
        private long quietFactor = 1;
        private long busyFactor = BUSY_FACTOR;

        private Pending(EvaluationLane lane, AttackRequest request, long[] shape) {
            this.lane = lane;
            this.request = request;
            this.shape = shape;
        }

        private void send() {
            askedAt = nanoTime.getAsLong();
            events.request(lane, request).whenComplete((sent, failure) -> {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                if (cause instanceof ConditionFailedException refused) {
                    answer.completeExceptionally(refused);
                } else if (failure != null) {
                    LOG.warnf(failure, "Could not send attack request %s; it is asked again", request.id());
                }
            });
        }

        @Override
        public Answer await() throws InterruptedException {
            int useless = 0;
            while (true) {
                BatchAnswer answered = nextAnswer();
                if (answered instanceof BatchAnswer.Failed refused) {
                    if (refused.object() != null && refused.object().equals(baseKey())) {
                        throw new LostBaseException(refused.reason());
                    }
                    throw EvaluatorFailure.ATTACK_REFUSED.with(request.id(), refused.reason());
                }
                if (answered instanceof BatchAnswer.Ready ready) {
                    received = ready.images();
                    PerturbationCheck.require(request.id(), BatchCheck.shape(ready.images(), shape));
                    try {
                        return new Answer(payloads.read(ready.images()), ready.zeroGradients());
                    } catch (ArtifactMissingException | ArtifactCorruptException e) {
                        // Another replica that was given the same task may have used and removed it.
                        useless++;
                        if (useless == patience.attempts()) {
                            throw e;
                        }
                        LOG.warnf("The answer to %s is asked for again: %s", request.id(), e.getMessage());
                        answer = new CompletableFuture<>();
                    }
                } else {
                    sendAgainUnlessGivenUp();
                    continue;
                }
                send();
            }
        }

        private void sendAgainUnlessGivenUp() {
            Duration waited = Duration.ofNanos(nanoTime.getAsLong() - firstAskedAt);
            patience.longest().filter(longest -> waited.compareTo(longest) >= 0).ifPresent(longest -> {
                throw EvaluatorFailure.ATTACK_UNANSWERED.with(request.id(), longest);
            });
            if (isQuiet()) {
                quietFactor = Math.min(2 * quietFactor, BUSY_FACTOR);
                LOG.warnf(
                        "attack request %s has no answer after %d s, and no attacker has answered anybody meanwhile; it is sent again:"
                                + " is attack-service running?",
                        request.id(), waited.toSeconds());
            } else {
                busyFactor *= 2;
                LOG.infof("Attack request %s is sent again", request.id());
            }
            send();
        }

        /** Null where the request starts from the data set's images, or carries those that it starts from. */
        private String baseKey() {
            Payload base = request.base();
            return base == null || base.object() == null ? null : base.object().key();
        }

        /** Null when it counts as lost. */
        private BatchAnswer nextAnswer() throws InterruptedException {
            progress.waits();
            try {
                return answerOrSilence();
            } finally {
                progress.goesOn();
            }
        }

        private BatchAnswer answerOrSilence() throws InterruptedException {
            while (true) {
                long left = Math.min(untilQuiet(), busyFactor * silence() - (nanoTime.getAsLong() - askedAt));
                try {
                    return answer.get(Math.max(0, Math.min(left, silenceNanos)), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (left <= 0) {
                        return null;
                    }
                    // Somebody may have been answered meanwhile: look again at how long it has been quiet.
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof ConditionFailedException refused
                            ? refused
                            : new IllegalStateException("answers never fail", e);
                }
            }
        }

        private long silence() {
            return silenceNanos * longestAttack();
        }

        /** Until no attacker has answered anybody for too long. */
        private long untilQuiet() {
            return quietFactor * silence() - (nanoTime.getAsLong() - Math.max(askedAt, heardAt));
        }

        private boolean isQuiet() {
            return untilQuiet() <= 0;
        }

        @Override
        public void close() {
            closed.add(request.id());
            waiting.remove(request.id(), this);
            Payload used = received;
            if (used == null
                    && !answer.isCompletedExceptionally()
                    && answer.getNow(null) instanceof BatchAnswer.Ready unread) {
                used = unread.images();
            }
            if (used != null) {
                discard(used);
            }
        }
    }
}
