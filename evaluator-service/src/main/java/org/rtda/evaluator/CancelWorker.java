package org.rtda.evaluator;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.lifecycle.AnnounceCancelled;
import org.rtda.evaluator.lifecycle.CancelledEvaluations;
import org.rtda.evaluator.lifecycle.CompletionFold;
import org.rtda.evaluator.lifecycle.TaskRunner;
import org.rtda.evaluator.lifecycle.UnansweredEvaluation;

/**
 * Reads all cancellations, in every evaluator. Tasks under way are interrupted here; the conditions that nobody has
 * answered yet are ended by the replica that owns the evaluation. A record that does not parse is left out: trainers
 * refuse it.
 */
@ApplicationScoped
class CancelWorker {
    private static final Logger LOG = Logger.getLogger(CancelWorker.class);

    private final CancelledEvaluations cancelled;
    private final TaskRunner runner;
    private final CompletionFold completions;
    private final AnnounceCancelled announcement;
    private final TaskThreads threads;

    CancelWorker(
            CancelledEvaluations cancelled,
            TaskRunner runner,
            CompletionFold completions,
            AnnounceCancelled announcement,
            TaskThreads threads) {
        this.cancelled = cancelled;
        this.runner = runner;
        this.completions = completions;
        this.announcement = announcement;
        this.threads = threads;
    }

    @Incoming("experiments")
    void onCommand(ConsumerRecord<String, byte[]> received) {
        ExperimentCommand command;
        try {
            command = EventCodec.read(received.value(), ExperimentCommand.class);
        } catch (InvalidMessageException e) {
            LOG.warnf(
                    "Record %d of %s-%d is left out: %s",
                    received.offset(), received.topic(), received.partition(), e.getMessage());
            return;
        }
        if (command instanceof ExperimentCommand.Cancel cancel) {
            cancelled.apply(cancel);
            runner.interruptCancelled();
            for (UnansweredEvaluation unanswered : completions.cancelled(cancel.experimentId())) {
                threads.housekeeping().execute(() -> announcement.announce(unanswered));
            }
        }
    }
}
