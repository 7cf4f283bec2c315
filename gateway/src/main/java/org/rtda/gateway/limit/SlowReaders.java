package org.rtda.gateway.limit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Closes connections whose readers take an answer so slowly that they only hold a thread and a place. Only while bytes wait for the reader
 * does its time run: a gateway that is slow itself, and an event stream without events, are no reader's fault. Safe for use by several
 * threads.
 */
final class SlowReaders {
    private static final Logger LOG = Logger.getLogger(SlowReaders.class);

    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Map<Answer, Waiting> answers = new ConcurrentHashMap<>();

    /** An answer that is being sent. */
    interface Answer {
        /** Whether more was written than the reader has taken. */
        boolean waitsForReader();

        long bytesWritten();

        /** Closes the connection: part of the answer is out, so nothing else can be said. */
        void giveUp();
    }

    /** Since when an answer waits, and how much had been written then; null while it does not wait. */
    private static final class Waiting {
        private Long since;
        private long bytesBefore;
    }

    SlowReaders(Pace pace, LongSupplier nanoTime) {
        this.pace = pace;
        this.nanoTime = nanoTime;
    }

    void began(Answer answer) {
        answers.put(answer, new Waiting());
    }

    void ended(Answer answer) {
        answers.remove(answer);
    }

    /** How many are being sent. */
    int underWay() {
        return answers.size();
    }

    /** To be called every second or so, by one thread. */
    void look() {
        long now = nanoTime.getAsLong();
        answers.forEach((answer, waiting) -> {
            if (!answer.waitsForReader()) {
                waiting.since = null;
            } else if (waiting.since == null) {
                waiting.since = now;
                waiting.bytesBefore = answer.bytesWritten();
            } else {
                long taken = answer.bytesWritten() - waiting.bytesBefore;
                Duration waited = Duration.ofNanos(now - waiting.since);
                if (pace.isTooSlow(taken, waited)) {
                    ended(answer);
                    LOG.infof(
                            "an answer is given up: its reader took %d bytes in %d s"
                                    + " (rtda.limits.least-bytes-per-second)",
                            taken, waited.toSeconds());
                    answer.giveUp();
                }
            }
        });
    }
}
