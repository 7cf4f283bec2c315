package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.InvalidMessageException;
import org.rtda.contracts.RobustnessMetric;

/** Follows the evaluations of the partitions this replica owns and announces the end of each. */
@ApplicationScoped
class CompletionWorker {
    private static final Logger LOG = Logger.getLogger(CompletionWorker.class);

    private final CompletionFold completions;
    private final EvaluatorEvents events;
    private final Clock clock;

    CompletionWorker(CompletionFold completions, EvaluatorEvents events, Clock clock) {
        this.completions = completions;
        this.events = events;
        this.clock = clock;
    }

    @Incoming("metrics-to-complete")
    void onMetric(ConsumerRecord<String, byte[]> received) {
        List<RobustnessMetric.Completed> complete =
                completions.apply(received.partition(), received.offset(), read(received), clock.instant());
        for (RobustnessMetric.Completed completed : complete) {
            events.publish(completed).whenComplete((sent, failure) -> {
                if (failure == null) {
                    LOG.infof(
                            "Evaluation %s is complete: %d measured, %d failed",
                            completed.evaluationId(), completed.measured(), completed.failed());
                } else {
                    LOG.errorf(failure, "The end of %s could not be announced", completed.evaluationId());
                }
            });
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
