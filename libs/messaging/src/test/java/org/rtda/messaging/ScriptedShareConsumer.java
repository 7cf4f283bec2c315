package org.rtda.messaging;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A member of a share group that is given what its script says, poll by poll, and then nothing. */
final class ScriptedShareConsumer {
    private final Deque<Supplier<List<ConsumerRecord<String, byte[]>>>> polls = new ArrayDeque<>();
    private final List<AcknowledgeType> acknowledged = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Supplier<Map<TopicIdPartition, Optional<KafkaException>>> commit = Map::of;

    /** What the next poll does and returns, on the thread that polls. */
    ScriptedShareConsumer then(Supplier<List<ConsumerRecord<String, byte[]>>> poll) {
        polls.add(poll);
        return this;
    }

    /** As the broker is away: a renewed lock is not confirmed. */
    ScriptedShareConsumer thatConfirmsNothing() {
        commit = () -> {
            throw new TimeoutException("the broker is away");
        };
        return this;
    }

    /** Returns when one was closed. */
    void awaitClosed() {
        await(closed);
    }

    /** How each record was acknowledged, in their order. */
    List<AcknowledgeType> acknowledged() {
        return acknowledged;
    }

    /** Returns when the queue is about to be closed. */
    void awaitWoken() {
        await(woken);
    }

    /** Returns when everything of the script has been polled, and dealt with. */
    void awaitEnd() {
        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    ShareConsumer<String, byte[]> consumer() {
        return (ShareConsumer<String, byte[]>) Proxy.newProxyInstance(
                ShareConsumer.class.getClassLoader(),
                new Class<?>[] {ShareConsumer.class},
                (self, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "poll":
                return next();
            case "acknowledge":
                acknowledged.add((AcknowledgeType) arguments[1]);
                return null;
            case "commitSync":
                return commit.get();
            case "wakeup":
                woken.countDown();
                return null;
            case "close":
                closed.countDown();
                return null;
            default:
                throw new AssertionError(method);
        }
    }

    private ConsumerRecords<String, byte[]> next() {
        if (polls.isEmpty()) {
            ended.countDown();
            awaitWoken();
            return new ConsumerRecords<>(Map.of(), Map.of());
        }
        List<ConsumerRecord<String, byte[]>> records = polls.remove().get();
        return records.isEmpty()
                ? new ConsumerRecords<>(Map.of(), Map.of())
                : new ConsumerRecords<>(Map.of(new TopicPartition("work", 0), records), Map.of());
    }
}
