package org.rtda.evaluator;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EventCodec;

/** A checkpoint in, its plan and tasks out. A record that does not parse is refused, which sends it to the dead letters. */
@ApplicationScoped
class CheckpointWorker {
    private final PlanEvaluation planning;
    private final PublishedMetrics published;

    CheckpointWorker(PlanEvaluation planning, PublishedMetrics published) {
        this.planning = planning;
        this.published = published;
    }

    @Incoming("checkpoints")
    @Blocking("planning")
    void onCheckpoint(ConsumerRecord<String, byte[]> received) {
        CheckpointSaved checkpoint = EventCodec.read(received.value(), CheckpointSaved.class);
        published.caughtUp().toCompletableFuture().join();
        planning.plan(checkpoint);
    }
}
