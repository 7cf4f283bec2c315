package org.rtda.gateway.projection;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.rtda.gateway.problem.ProblemException;

/** Where the last records of the topics that are projected lie now. Each look asks the broker, at most once a second. Safe for use by several threads. */
public final class NewestRecords {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Found> broker;
    private final LongSupplier nanoTime;
    private Found last;
    private long foundAt;

    /**
     * What a look has found.
     *
     * @param offsets by partition, of the last record there; partitions without records are left out
     * @param ids of the topics as they are
     */
    public record Found(Map<TopicPartition, Long> offsets, Map<String, String> ids) {}

    /** @param broker looks, and throws a {@link ProblemException} when the broker does not answer */
    public NewestRecords(Supplier<Found> broker) {
        this(broker, System::nanoTime);
    }

    NewestRecords(Supplier<Found> broker, LongSupplier nanoTime) {
        this.broker = broker;
        this.nanoTime = nanoTime;
    }

    /** @throws ProblemException 503 when the broker does not answer in time */
    public synchronized Found find() {
        if (last == null || nanoTime.getAsLong() - foundAt >= FRESH.toNanos()) {
            last = broker.get();
            foundAt = nanoTime.getAsLong();
        }
        return last;
    }
}
