package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.gates.EndedEvaluation;
import org.rtda.evaluator.lifecycle.AnnounceCancelled;
import org.rtda.evaluator.lifecycle.AnnounceCompletion;
import org.rtda.evaluator.lifecycle.CompletionFold;
import org.rtda.evaluator.lifecycle.UnansweredEvaluation;

/**
 * Publishes the end of each evaluation in the partitions that this process owns, and the missing answers of those that
 * were cancelled.
 */
@ApplicationScoped
class CompletionWorker {
    private static final Logger LOG = Logger.getLogger(CompletionWorker.class);

    private final CompletionFold completions;
    private final AnnounceCompletion announcement;
    private final AnnounceCancelled cancellation;
    private final TaskThreads threads;

    CompletionWorker(
            CompletionFold completions,
            AnnounceCompletion announcement,
            AnnounceCancelled cancellation,
            TaskThreads threads) {
        this.completions = completions;
        this.announcement = announcement;
        this.cancellation = cancellation;
        this.threads = threads;
    }

    @Incoming("metrics-to-complete")
    void onMetric(ConsumerRecord<String, byte[]> received) {
        CompletionFold.Found found = completions.apply(received.partition(), received.offset(), read(received));
        for (UnansweredEvaluation unanswered : found.cancelled()) {
            threads.housekeeping().execute(() -> cancellation.announce(unanswered));
        }
        for (EndedEvaluation ended : found.ended()) {
            threads.housekeeping().execute(() -> announce(ended));
        }
    }

    /** One that is not announced is announced by whoever owns the partition next. */
    private void announce(EndedEvaluation ended) {
        try {
            announcement.announce(ended);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "The end of %s could not be announced", ended.planned().evaluationId());
        }
    }

    /** This record was refused once, where it was written for; here it only must not stop the others. */
    private static Optional<RobustnessMetric> read(ConsumerRecord<String, byte[]> received) {
        try {
            return Optional.of(EventCodec.read(received.value(), RobustnessMetric.class));
        } catch (InvalidMessageException e) {
            LOG.warnf(
                    "Record %d of %s-%d is left out: %s",
                    received.offset(), received.topic(), received.partition(), e.getMessage());
            return Optional.empty();
        }
    }
}
