package org.rtda.evaluator.attack;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.Payload;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.evaluator.context.EvaluationProgress;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.Payloads;

/**
 * Asks attack-service and hands each answer to whoever waits for it. Safe for use by several threads.
 *
 * <p>An answer counts as lost, and is asked for again, when no attacker has answered anybody for the given time: attackers
 * serve training first, so a request may rightly wait for long while they are busy. After {@value #BUSY_FACTOR} times
 * that long it is asked for again in any case. An attack of many steps keeps a worker silent for long: the time grows with
 * the longest attack that this desk waits for, by one for each {@value #USUAL_STEPS} steps.
 *
 * <p>Waiting is no stall, since it ends by itself.
 */
public final class AttackClient implements AdversarialImages {
    private static final Logger LOG = Logger.getLogger(AttackClient.class);
    static final int BUSY_FACTOR = 10;
    static final int USUAL_STEPS = 100;

    private final EvaluatorEvents events;
    private final Payloads payloads;
    private final long patienceNanos;
    private final int timesAsked;
    private final EvaluationProgress progress;
    private final Executor housekeeping;
    private final Map<String, Pending> waiting = new ConcurrentHashMap<>();
    private volatile long heardAt = System.nanoTime();

    /**
     * @param patience silence of all attackers after which an answer counts as lost
     * @param timesAsked how often a request is sent before the condition fails, at least 1
     * @param housekeeping runs the removal of objects that nobody waits for
     */
    public AttackClient(
            EvaluatorEvents events,
            Payloads payloads,
            Duration patience,
            int timesAsked,
            EvaluationProgress progress,
            Executor housekeeping) {
        this.events = events;
        this.payloads = payloads;
        this.patienceNanos = patience.toNanos();
        this.timesAsked = timesAsked;
        this.progress = progress;
        this.housekeeping = housekeeping;
    }

    @Override
    public Asked ask(AttackRequest request) {
        Pending pending = new Pending(request);
        waiting.put(request.id(), pending);
        pending.send();
        return pending;
    }

    /** An attacker has answered somebody. */
    public void heard() {
        heardAt = System.nanoTime();
        progress.moved();
    }

    /** An answer to a request of this instance. Does not block. */
    public void answered(BatchAnswer answer) {
        Pending pending = waiting.get(answer.id());
        if (pending != null) {
            pending.answer.complete(answer);
        } else if (answer instanceof BatchAnswer.Ready late && late.images().object() != null) {
            housekeeping.execute(() -> discard(late.images()));
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
        private final AttackRequest request;
        private volatile CompletableFuture<BatchAnswer> answer = new CompletableFuture<>();
        private volatile Payload received;
        private volatile long askedAt;

        private Pending(AttackRequest request) {
            this.request = request;
        }

        private void send() {
            askedAt = System.nanoTime();
            events.request(request).whenComplete((sent, failure) -> {
                if (failure != null) {
                    LOG.warnf(failure, "Could not send attack request %s; it is asked again", request.id());
                }
            });
        }

        @Override
        public Answer await() throws InterruptedException {
            for (int asked = 1; ; asked++) {
                BatchAnswer answered = nextAnswer();
                if (answered instanceof BatchAnswer.Failed refused) {
                    throw EvaluatorFailure.ATTACK_REFUSED.with(request.id(), refused.reason());
                }
                if (answered instanceof BatchAnswer.Ready ready) {
                    received = ready.images();
                    try {
                        return new Answer(payloads.read(ready.images()), ready.zeroGradients());
                    } catch (ArtifactMissingException e) {
                        // Another replica that was given the same task may have used and removed it.
                        LOG.warnf("The answer to %s is gone from the store; it is asked for again", request.id());
                        answer = new CompletableFuture<>();
                    }
                }
                if (asked == timesAsked) {
                    throw EvaluatorFailure.ATTACK_UNANSWERED.with(request.id(), asked);
                }
                LOG.infof("Attack request %s is sent again", request.id());
                send();
            }
        }

        /** Null when it counts as lost. */
        private BatchAnswer nextAnswer() throws InterruptedException {
            while (true) {
                long now = System.nanoTime();
                long quiet = now - Math.max(askedAt, heardAt);
                long patience = patienceNanos * longestAttack();
                long left = Math.min(patience - quiet, BUSY_FACTOR * patience - (now - askedAt));
                if (left <= 0) {
                    return null;
                }
                try {
                    return answer.get(Math.min(left, patienceNanos), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    // Somebody may have been answered meanwhile: look again at how long it has been quiet.
                    progress.moved();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("answers never fail", e);
                }
            }
        }

        @Override
        public void close() {
            waiting.remove(request.id(), this);
            Payload used = received;
            if (used == null && answer.getNow(null) instanceof BatchAnswer.Ready unread) {
                used = unread.images();
            }
            if (used != null) {
                discard(used);
            }
        }
    }
}
