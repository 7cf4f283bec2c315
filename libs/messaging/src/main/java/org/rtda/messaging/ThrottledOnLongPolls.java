package org.rtda.messaging;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.ContextHolder;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.commit.KafkaThrottledLatestProcessedCommit;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Commit strategy {@code throttled-on-long-polls} of a service that indexes this module: SmallRye's {@code throttled} for
 * channels that poll for seconds and set {@code graceful-shutdown=false}. What {@code throttled} asks of a consumer waits
 * until the poll under way has ended, which is at once while records come and the whole poll otherwise. Two such waits are
 * not there:
 * <ul>
 *   <li>the one for the committed offset, before the first record of each partition is passed on, and all records behind
 *       it. It serves to pass over records before that offset, which a consumer that never seeks does not get;
 *   <li>the one for three polls when a channel closes. Here the poll under way is ended, no more records are taken,
 *       and those that there are waited for, as a graceful shutdown does ({@code auto.commit.interval.ms} at most).
 * </ul>
 */
@ApplicationScoped
@Identifier("throttled-on-long-polls")
public class ThrottledOnLongPolls implements KafkaCommitHandler.Factory {
    private final KafkaThrottledLatestProcessedCommit.Factory throttled;

    ThrottledOnLongPolls(
            @Identifier(KafkaCommitHandler.Strategy.THROTTLED) KafkaThrottledLatestProcessedCommit.Factory throttled) {
        this.throttled = throttled;
    }

    @Override
    public KafkaCommitHandler create(
            KafkaConnectorIncomingConfiguration configuration,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        KafkaThrottledLatestProcessedCommit created =
                throttled.create(configuration, vertx, withoutCommittedOffsets(consumer), reportFailure);
        return new Handler(created, consumer);
    }

    /** The consumer, but for what is committed, which it answers at once: nothing. */
    static KafkaConsumer<?, ?> withoutCommittedOffsets(KafkaConsumer<?, ?> consumer) {
        return (KafkaConsumer<?, ?>) Proxy.newProxyInstance(
                KafkaConsumer.class.getClassLoader(),
                new Class<?>[] {KafkaConsumer.class},
                (proxy, method, arguments) -> method.getName().equals("committed")
                        ? Uni.createFrom().item(Map.of())
                        : invoke(consumer, method, arguments));
    }

    private static Object invoke(KafkaConsumer<?, ?> consumer, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Does as {@code throttled} does, but closes by itself. */
    static final class Handler extends ContextHolder implements KafkaCommitHandler {
        private static final Logger LOG = Logger.getLogger(ThrottledOnLongPolls.class);

        /** For a consumer that is in the middle of a rebalance; otherwise a moment. */
        private static final Duration PAUSE_LIMIT = Duration.ofSeconds(2);

        private final KafkaCommitHandler throttled;
        private final KafkaConsumer<?, ?> consumer;

        Handler(KafkaCommitHandler throttled, KafkaConsumer<?, ?> consumer) {
            // neither is used: all that needs a context is done by the other, which gets the one captured here
            super(null, 0);
            this.throttled = throttled;
            this.consumer = consumer;
        }

        @Override
        public void capture(io.vertx.core.Context context) {
            super.capture(context);
            if (throttled instanceof ContextHolder holder) {
                holder.capture(context);
            }
        }

        @Override
        public <K, V> Multi<IncomingKafkaRecord<K, V>> decorateStream(Multi<IncomingKafkaRecord<K, V>> consumed) {
            return throttled.decorateStream(consumed);
        }

        @Override
        public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
            return throttled.received(record);
        }

        @Override
        public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
            return throttled.handle(record);
        }

        @Override
        public void partitionsAssigned(Collection<TopicPartition> partitions) {
            throttled.partitionsAssigned(partitions);
        }

        @Override
        public void partitionsRevoked(Collection<TopicPartition> partitions) {
            throttled.partitionsRevoked(partitions);
        }

        /** Gracefully, whatever it is told: being told so would have cost the wait for three polls. */
        @Override
        public void terminate(boolean graceful) {
            try {
                consumer.unwrap().wakeup();
                // from then on polls return at once, and so does the last commit
                consumer.pause()
                        .chain(() -> consumer.runOnPollingThread(Handler::takeWakeup))
                        .await()
                        .atMost(PAUSE_LIMIT);
            } catch (RuntimeException e) {
                LOG.debugf("not paused before it closes: %s", e.getMessage());
            }
            throttled.terminate(true);
        }

        /** One that met no poll, since it came between two, would end the last commit instead. */
        private static void takeWakeup(Consumer<?, ?> paused) {
            try {
                paused.poll(Duration.ZERO);
            } catch (WakeupException e) {
                LOG.trace("woken between two polls");
            }
        }
    }
}
