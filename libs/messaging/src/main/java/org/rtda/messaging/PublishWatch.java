package org.rtda.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks every five seconds whether the broker, which answers, leaves records of this process untaken for half a minute: it has no such
 * topic, or too few replicas. Kafka's client sends such a record again for ever and says nothing. The log names the topic and the cause
 * once when that begins, or when the cause changes, and once when it is over. While the broker does not answer at all,
 * {@link BrokerWatch} speaks and this class is silent. Safe for use by several threads.
 */
public final class PublishWatch implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(PublishWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Supplier<List<Publisher.Waiting>> records;
    private final Supplier<Duration> brokerAway;
    private final Function<String, String> cause;
    private final LongSupplier nanoTime;
    private final AutoCloseable asked;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "publish-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** By topic; replaced as a whole. */
    private volatile Map<String, Trouble> troubles = Map.of();

    /** Before this moment nothing could be taken, because the broker was away; null where it never was. */
    private Long answersSince;

    /**
     * A topic whose records are not taken.
     *
     * @param sinceNanos when the first of them was sent, or the broker was back
     */
    private record Trouble(long sinceNanos, String cause) {}

    /**
     * @param records that wait
     * @param brokerAway for how long the broker has not answered; zero while it does
     * @param cause for which a topic's records are not taken, in words, as far as the broker tells; takes the topic's name
     * @param asked by the cause; closed with this
     */
    PublishWatch(
            Supplier<List<Publisher.Waiting>> records,
            Supplier<Duration> brokerAway,
            Function<String, String> cause,
            LongSupplier nanoTime,
            AutoCloseable asked) {
        this.records = records;
        this.brokerAway = brokerAway;
        this.cause = cause;
        this.nanoTime = nanoTime;
        this.asked = asked;
    }

    /**
     * Begins to look at once.
     *
     * @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect
     */
    public static PublishWatch over(Publisher publisher, BrokerWatch broker, Map<String, Object> kafka) {
        TopicQuestion topics = new TopicQuestion(kafka);
        PublishWatch watch =
                new PublishWatch(publisher::waiting, broker::awayFor, topics::whyNot, System::nanoTime, topics);
        watch.clock.scheduleWithFixedDelay(watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    void look() {
        try {
            if (brokerAway.get().isZero()) {
                compare(nanoTime.getAsLong());
            } else {
                // what waits has not had its half minute with a broker that answers
                answersSince = nanoTime.getAsLong();
            }
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.debugf(e, "it is not known which records wait");
        }
    }

    private void compare(long now) {
        Map<String, Trouble> before = troubles;
        Map<String, Trouble> found = new HashMap<>();
        oldest().forEach((topic, oldest) -> {
            Trouble known = before.get(topic);
            // while the broker was away it could take nothing; what was known before goes on
            long since = known == null ? later(oldest.sinceNanos(), answersSince) : oldest.sinceNanos();
            if (now - since >= LIMIT.toNanos()) {
                String why = oldest.refusal() == null ? cause.apply(topic) : oldest.refusal();
                found.put(topic, new Trouble(known == null ? since : known.sinceNanos(), why));
            }
        });
        troubles = Map.copyOf(found);
        found.forEach((topic, trouble) -> {
            Trouble known = before.get(topic);
            if (known == null || !known.cause().equals(trouble.cause())) {
                LOG.warnf(
                        "the broker has not taken a record of topic %s for %d s: %s; it is sent again until it is taken",
                        topic, seconds(trouble, now), trouble.cause());
            }
        });
        before.forEach((topic, trouble) -> {
            if (!found.containsKey(topic)) {
                LOG.infof("no record of topic %s waits any more, after %d s", topic, seconds(trouble, now));
            }
        });
    }

    /** By topic, the record that waits longest. */
    private Map<String, Publisher.Waiting> oldest() {
        Map<String, Publisher.Waiting> oldest = new HashMap<>();
        for (Publisher.Waiting record : records.get()) {
            oldest.merge(
                    record.topic(), record, (one, other) -> other.sinceNanos() - one.sinceNanos() < 0 ? other : one);
        }
        return oldest;
    }

    /** @param other null for none */
    private static long later(long one, Long other) {
        return other == null || one - other > 0 ? one : other;
    }

    private static long seconds(Trouble trouble, long now) {
        return Duration.ofNanos(now - trouble.sinceNanos()).toSeconds();
    }

    /** For how long a record has waited, of the topic where that is longest; zero where none waits for more than half a minute. */
    public Duration longest() {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(troubles.values().stream()
                .mapToLong(trouble -> now - trouble.sinceNanos())
                .max()
                .orElse(0));
    }

    /** Why records are not taken, by topic; empty while all are. */
    public Map<String, String> causes() {
        Map<String, String> causes = new HashMap<>();
        troubles.forEach((topic, trouble) -> causes.put(topic, trouble.cause()));
        return causes;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            asked.close();
        } catch (Exception e) {
            LOG.debugf(e, "a client was not closed");
        }
    }
}
