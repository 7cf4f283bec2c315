package org.rtda.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker why it does not take records of a topic. For one thread; connects with the first question. */
final class TopicQuestion implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private volatile Admin admin;

    TopicQuestion(Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** In words; where the broker gives no reason, what else to look at. */
    String whyNot(String topic) {
        int millis = (int) PATIENCE.toMillis();
        try {
            if (admin == null) {
                admin = Admin.create(KafkaSettings.admin(kafka));
            }
            return whyNot(admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(millis))
                    .allTopicNames()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .get(topic));
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException
                    ? "the broker has no topic of this name"
                    : FailureKind.why(e.getCause());
        } catch (KafkaException e) {
            return FailureKind.why(e);
        } catch (TimeoutException e) {
            return "the broker does not say";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the broker was not asked";
        }
    }

    static String whyNot(TopicDescription topic) {
        for (TopicPartitionInfo partition : topic.partitions()) {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                return "partition " + partition.partition() + " has no leader: is one of the brokers down?";
            }
        }
        for (TopicPartitionInfo partition : topic.partitions()) {
            if (partition.isr().size() < partition.replicas().size()) {
                return "partition " + partition.partition() + " has "
                        + partition.isr().size() + " of "
                        + partition.replicas().size()
                        + " replicas in sync, which may be fewer than min.insync.replicas: is one of the brokers down?";
            }
        }
        return "the broker gives no reason: look at its log, at the topic's min.insync.replicas and at its disk";
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
