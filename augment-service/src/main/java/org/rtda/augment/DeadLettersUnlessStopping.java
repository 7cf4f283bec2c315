package org.rtda.augment;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Sends to the dead letters what cannot be processed, but not the requests that a worker still holds when it is stopped: their
 * threads take no more work then, which says nothing about the requests. They are not acknowledged, so another worker gets
 * them. As dead letters they would fail their experiments.
 */
@ApplicationScoped
@Identifier("dead-letters-unless-stopping")
class DeadLettersUnlessStopping implements KafkaFailureHandler.Factory {
    private final KafkaFailureHandler.Factory deadLetters;

    DeadLettersUnlessStopping(
            @Identifier(KafkaFailureHandler.Strategy.DEAD_LETTER_QUEUE) KafkaFailureHandler.Factory deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public KafkaFailureHandler create(
            KafkaConnectorIncomingConfiguration configuration,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        return new Handler(deadLetters.create(configuration, vertx, consumer, reportFailure));
    }

    /** @param deadLetters takes what has failed by itself */
    record Handler(KafkaFailureHandler deadLetters) implements KafkaFailureHandler {
        @Override
        public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record, Throwable reason, Metadata metadata) {
            return reason instanceof RejectedExecutionException
                    ? Uni.createFrom().voidItem()
                    : deadLetters.handle(record, reason, metadata);
        }

        @Override
        public void terminate() {
            deadLetters.terminate();
        }
    }
}
