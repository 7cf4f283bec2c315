package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

class DeadLettersUnlessStoppingTest {
    private final List<Throwable> deadLetters = new ArrayList<>();
    private final KafkaFailureHandler handler = new DeadLettersUnlessStopping.Handler(new KafkaFailureHandler() {
        @Override
        public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record, Throwable reason, Metadata metadata) {
            deadLetters.add(reason);
            return Uni.createFrom().voidItem();
        }
    });

    @Test
    void aRequestThatAStoppingWorkerTakesNoMoreIsLeftToAnother() {
        handler.handle(null, new RejectedExecutionException("shutting down"), null)
                .await()
                .indefinitely();

        assertThat(deadLetters).isEmpty();
    }

    @Test
    void aRequestThatDoesNotParseIsADeadLetter() {
        Throwable reason = new IllegalArgumentException("not JSON");

        handler.handle(null, reason, null).await().indefinitely();

        assertThat(deadLetters).containsExactly(reason);
    }
}
