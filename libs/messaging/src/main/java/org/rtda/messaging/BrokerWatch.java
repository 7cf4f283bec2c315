package org.rtda.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Asks the broker every five seconds whether it is there, every second while it is not, and logs once when it does not answer and once when it answers again.
 * So the clients' own words about the same, which come by the hundred, can stay out of the log. Safe for use by several threads.
 */
public final class BrokerWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration EVERY_WHILE_AWAY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A question to the broker. */
    interface Question extends AutoCloseable {
        /** @return whether it was answered in time */
        boolean isAnswered() throws InterruptedException;

        @Override
        void close();
    }

    private final String address;
    private final Question question;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "broker-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** When the first question was asked that had no answer; null while the broker answers. */
    private volatile Long awaySince;

    /** Questions in a row; only one thread asks. */
    private volatile int unanswered;

    BrokerWatch(String address, Question question, LongSupplier nanoTime) {
        this.address = address;
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /**
     * Does not ask before it {@linkplain #begin begins}.
     *
     * @param kafka settings of a Kafka client: bootstrap.servers and whatever the broker asks of those who connect
     */
    public static BrokerWatch of(Map<String, Object> kafka) {
        return new BrokerWatch(KafkaSettings.address(kafka), new ClusterQuestion(kafka), System::nanoTime);
    }

    /** To be called once, when the broker has been seen. */
    public void begin() {
        clock.schedule(this::lookAndGoOn, 0, TimeUnit.MILLISECONDS);
    }

    private void lookAndGoOn() {
        look();
        clock.schedule(
                this::lookAndGoOn, (awaySince != null ? EVERY_WHILE_AWAY : EVERY).toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        long asked = nanoTime.getAsLong();
        boolean answered;
        try {
            answered = question.isAnswered();
        } catch (InterruptedException e) {
            // closed meanwhile
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.debugf(e, "the broker could not be asked");
            answered = false;
        }
        unanswered = answered ? 0 : unanswered + 1;
        if (!answered && awaySince == null) {
            awaySince = asked;
            LOG.warnf(
                    "waiting for the broker at %s, which has not answered for %d s; work goes on when it does",
                    address, awayFor().toSeconds());
        } else if (answered && awaySince != null) {
            LOG.infof(
                    "the broker at %s answers again, after %d s",
                    address, awayFor().toSeconds());
            awaySince = null;
        }
    }

    /**
     * Whether two questions in a row had no answer. One alone may be due to a busy machine, on which it costs more to give up all consumers
     * and make them anew than to wait.
     */
    public boolean isAway() {
        return unanswered >= 2;
    }

    /** For how long the broker has not answered; zero while it does. */
    public Duration awayFor() {
        Long since = awaySince;
        return since == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        question.close();
    }

    /** Any broker's answer will do. Connects with the first question: an address that is wrong is told by who looks first. */
    private static final class ClusterQuestion implements Question {
        private final Map<String, Object> kafka;
        private volatile Admin admin;

        ClusterQuestion(Map<String, Object> kafka) {
            this.kafka = kafka;
        }

        @Override
        public boolean isAnswered() throws InterruptedException {
            int millis = (int) PATIENCE.toMillis();
            try {
                if (admin == null) {
                    admin = Admin.create(KafkaSettings.admin(kafka));
                }
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                        .nodes()
                        .get(millis, TimeUnit.MILLISECONDS);
                return true;
            } catch (KafkaException | ExecutionException | TimeoutException e) {
                LOG.debugf("the broker does not answer: %s", e.getMessage());
                return false;
            }
        }

        @Override
        public void close() {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }
}
