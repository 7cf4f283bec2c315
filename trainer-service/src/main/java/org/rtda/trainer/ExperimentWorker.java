package org.rtda.trainer;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.InvalidMessageException;

/**
 * Takes commands and runs experiments one after the other. The command to train is acknowledged when the experiment has
 * come to its end: until then Kafka hands it to another trainer should this one die, which goes on from the checkpoint.
 */
@ApplicationScoped
class ExperimentWorker {
    private static final Logger LOG = Logger.getLogger(ExperimentWorker.class);

    private final RunToItsEnd runToItsEnd;
    private final OpenRuns openRuns;
    private final AnswersFromNowOn answersFromNowOn;
    private final ExperimentOwnership ownership;
    private final TrainerMeters meters;
    private final ExecutorService runs = Executors.newSingleThreadExecutor(work -> new Thread(work, "experiments"));

    ExperimentWorker(
            RunToItsEnd runToItsEnd,
            OpenRuns openRuns,
            @Identifier("answers-from-now-on") AnswersFromNowOn answersFromNowOn,
            @Identifier("experiment-ownership") ExperimentOwnership ownership,
            TrainerMeters meters) {
        this.runToItsEnd = runToItsEnd;
        this.openRuns = openRuns;
        this.answersFromNowOn = answersFromNowOn;
        this.ownership = ownership;
        this.meters = meters;
    }

    @Incoming("experiments")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> take(Message<byte[]> message) {
        ExperimentCommand command;
        try {
            command = EventCodec.read(message.getPayload(), ExperimentCommand.class);
        } catch (InvalidMessageException e) {
            return message.nack(e);
        }
        if (command instanceof ExperimentCommand.Cancel cancel) {
            LOG.infof("experiment %s: cancel", cancel.experimentId());
            openRuns.cancel(cancel.experimentId());
            return message.ack();
        }
        ExperimentCommand.Submit submit = (ExperimentCommand.Submit) command;
        IncomingKafkaRecordMetadata<?, ?> record =
                message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
        OpenRuns.OpenRun run = openRuns.begin(submit.experimentId(), record.getPartition());
        runs.execute(() -> run(submit, run, message));
        return CompletableFuture.completedFuture(null);
    }

    private void run(ExperimentCommand.Submit submit, OpenRuns.OpenRun run, Message<byte[]> message) {
        try {
            answersFromNowOn.awaitReady(run.control());
            meters.experimentBegan();
            if (runToItsEnd.run(submit, run.control(), ownership.generation())) {
                message.ack();
            }
        } catch (RuntimeException e) {
            // not acknowledged: the command is delivered again, here or elsewhere, once what is wrong has been mended
            LOG.errorf(e, "experiment %s: its end could not be recorded", submit.experimentId());
        } finally {
            meters.experimentLeft();
            openRuns.end(run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        openRuns.stopAll();
        runs.shutdown();
        if (!runs.awaitTermination(20, TimeUnit.SECONDS)) {
            LOG.warn("a training step did not end within 20 s; the run goes on from its checkpoint");
        }
    }
}
