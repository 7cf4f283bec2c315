package org.rtda.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings of every client, in one place: whatever an operator sets for the broker (bootstrap.servers, security.protocol, sasl.*,
 * ssl.* and any other setting of Kafka's clients), and above it what a kind of client needs to keep its promises.
 *
 * <p>The argument {@code kafka} is what the operator sets; services have it from the keys {@code kafka.*} of their configuration.
 */
public final class KafkaSettings {
    private KafkaSettings() {}

    /** Of one who only knows the address. */
    public static Map<String, Object> of(String bootstrapServers) {
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** Of a producer that never gives up and never publishes twice. */
    public static Map<String, Object> producer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        // somebody waits for each: no waiting for more records to send along (Kafka's default is 5 ms)
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    /**
     * Of a producer of one transactional id, which fails soon: its owner looks whether it was overtaken, and opens another.
     *
     * @param limit of a transaction, after which the broker ends it
     * @param glance for one call, at most the limit
     */
    public static Map<String, Object> transactionalProducer(
            Map<String, Object> kafka, String transactionalId, Duration limit, Duration glance) {
        Map<String, Object> settings = producer(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) limit.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, glance.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) glance.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) limit.toMillis());
        return settings;
    }

    /**
     * Of a consumer that reads a topic alone.
     *
     * @param wait of a fetch; a record ends it at once
     */
    static Map<String, Object> follower(Map<String, Object> kafka, boolean fromBeginning, Duration wait) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromBeginning ? "earliest" : "latest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) wait.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) wait.toMillis() + 10_000);
        return settings;
    }

    /** Of a member of a share group that takes one record at a time. */
    static Map<String, Object> worker(Map<String, Object> kafka, String group, String clientId) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // what is taken is worked on at once: nothing waits behind a slow worker
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // a new record ends the wait at once; one that another worker releases, and closing, wait for its end
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
        return settings;
    }

    /** Of one who asks the broker about itself. */
    static Map<String, Object> admin(Map<String, Object> kafka) {
        return new HashMap<>(kafka);
    }

    /** The same, while the broker may still be starting: it is asked twice a second, not twenty times. */
    static Map<String, Object> patientAdmin(Map<String, Object> kafka, Duration timeout) {
        String limit = Long.toString(timeout.toMillis());
        Map<String, Object> settings = admin(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, "500");
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        return settings;
    }

    static String address(Map<String, Object> kafka) {
        return String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }
}
