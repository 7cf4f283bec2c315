package org.rtda.trainer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;

/** Who has trained what, as far as the topic of attempts has been read. Safe for use by several threads. */
final class Attempts {
    /** Trainers that may be lost over the same part of a run before the run is to blame. */
    static final int MOST_LOST = 3;

    private final Map<String, TreeMap<Long, ExperimentAttempt>> byExperiment = new ConcurrentHashMap<>();

    void receive(ConsumerRecord<String, byte[]> received) {
        receive(EventCodec.read(received.value(), ExperimentAttempt.class));
    }

    /** Whoever waits for a word about the experiment looks again. */
    synchronized void receive(ExperimentAttempt event) {
        byExperiment.compute(event.experimentId(), (id, known) -> {
            TreeMap<Long, ExperimentAttempt> attempts = known == null ? new TreeMap<>() : new TreeMap<>(known);
            // what was said last counts, but for the word of one that was overtaken after its end
            attempts.merge(event.attempt(), event, (before, now) -> before.phase() == Phase.ENDED ? before : now);
            return attempts;
        });
        notifyAll();
    }

    /**
     * Waits while a trainer has the experiment, as far as is known.
     *
     * @param atMost no longer than this
     * @return whether nobody has it any more: it has ended, or its trainer has left it
     */
    synchronized boolean awaitGivenUp(String experimentId, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (ended(experimentId).isEmpty() && !isWaiting(experimentId)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** In the order in which they began. */
    List<ExperimentAttempt> of(String experimentId) {
        TreeMap<Long, ExperimentAttempt> attempts = byExperiment.get(experimentId);
        return attempts == null ? List.of() : List.copyOf(attempts.values());
    }

    /** 0 where none has begun. */
    long last(String experimentId) {
        return of(experimentId).stream()
                .map(ExperimentAttempt::attempt)
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }

    /** Whether no trainer has the experiment, and it has not ended: none has begun it, or the last one left it to others. */
    boolean isWaiting(String experimentId) {
        List<ExperimentAttempt> known = of(experimentId);
        return ended(experimentId).isEmpty()
                && (known.isEmpty() || known.get(known.size() - 1).phase() == Phase.LEFT);
    }

    Optional<ExperimentAttempt> ended(String experimentId) {
        return of(experimentId).stream()
                .filter(attempt -> attempt.phase() == Phase.ENDED)
                .findFirst();
    }

    /**
     * The latest attempts, one after the other, whose trainers were lost at this step of the run without a word: they died, most
     * likely of the run itself.
     *
     * @param step of the latest checkpoint
     * @param before the attempts before this one
     */
    List<ExperimentAttempt> lostAt(String experimentId, long step, long before) {
        List<ExperimentAttempt> attempts = of(experimentId).stream()
                .filter(attempt -> attempt.attempt() < before)
                .toList();
        int first = attempts.size();
        while (first > 0
                && attempts.get(first - 1).phase() == Phase.BEGUN
                && attempts.get(first - 1).step() == step) {
            first--;
        }
        return attempts.subList(first, attempts.size());
    }
}
