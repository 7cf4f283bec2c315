package org.rtda.gateway.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each caller may do something in a minute, as a bucket of tokens: a caller who was idle may do it that often at once, and
 * after that evenly. Safe for use by several threads.
 */
final class Quota {
    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    /** A caller who is forgotten has a full bucket again. */
    private static final int MOST_CALLERS = 10_000;

    /** Of the sums of parts of a token. */
    private static final double ROUNDING = 1e-9;

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** @param tokens at {@code nanos} */
    private record Bucket(double tokens, long nanos) {}

    /** @param perMinute at least 1 */
    Quota(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** @return zero when the caller may; else how long it is until then, and nothing is taken */
    synchronized Duration take(String caller) {
        long now = nanoTime.getAsLong();
        Bucket before = buckets.getOrDefault(caller, new Bucket(perMinute, now));
        double tokens = Math.min(perMinute, before.tokens + (now - before.nanos) / NANOS_PER_MINUTE * perMinute);
        boolean may = tokens >= 1 - ROUNDING;
        buckets.put(caller, new Bucket(may ? tokens - 1 : tokens, now));
        if (buckets.size() > MOST_CALLERS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return may ? Duration.ZERO : Duration.ofNanos(Math.round((1 - tokens) * NANOS_PER_MINUTE / perMinute));
    }

    int perMinute() {
        return perMinute;
    }
}
