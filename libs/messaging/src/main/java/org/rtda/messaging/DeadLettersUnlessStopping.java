package org.rtda.messaging;

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
 * Failure strategy {@code dead-letters-unless-stopping} of a service that indexes this module: what cannot be processed goes to
 * the dead letters, but not the records that a service still holds when it is stopped. Its threads take no more work then, which
 * says nothing about the records. They are not acknowledged, so another replica gets them; as dead letters they would
 * fail their experiments.
 */
@ApplicationScoped
@Identifier("dead-letters-unless-stopping")
public class DeadLettersUnlessStopping implements KafkaFailureHandler.Factory {
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
