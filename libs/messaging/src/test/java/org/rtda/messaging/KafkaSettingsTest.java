package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    private static final Map<String, Object> SECURE = Map.of(
            "bootstrap.servers", "kafka:9093",
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username=u password=p;",
            "ssl.truststore.location", "/etc/rtda/truststore.p12");

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Map<String, Map<String, Object>> everyKind(Map<String, Object> kafka) {
        return Map.of(
                "producer", KafkaSettings.producer(kafka),
                "transactional producer", KafkaSettings.transactionalProducer(kafka, "id", SECOND, SECOND),
                "follower", KafkaSettings.follower(kafka, true, SECOND),
                "worker", KafkaSettings.worker(kafka, "group", "client"),
                "admin", KafkaSettings.admin(kafka),
                "patient admin", KafkaSettings.patientAdmin(kafka, SECOND));
    }

    @Test
    void whatTheBrokerAsksOfThoseWhoConnectReachesEveryKindOfClient() {
        everyKind(SECURE)
                .forEach((kind, settings) -> assertThat(settings).as(kind).containsAllEntriesOf(SECURE));
    }

    @Test
    void whatAClientPromisesCannotBeSetOtherwise() {
        Map<String, Object> careless = Map.of("acks", "0", "group.id", "mine", "isolation.level", "read_uncommitted");

        assertThat(KafkaSettings.producer(careless)).containsEntry("acks", "all");
        assertThat(KafkaSettings.follower(careless, false, SECOND))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "latest");
        assertThat(KafkaSettings.worker(careless, "attack-requests-workers", "c"))
                .containsEntry("group.id", "attack-requests-workers");
    }

    @Test
    void aTransactionAndItsCallsAreShorterThanAProducersPatience() {
        assertThat(KafkaSettings.transactionalProducer(
                        SECURE, "rtda-experiment-e", Duration.ofSeconds(10), Duration.ofSeconds(5)))
                .containsEntry("transactional.id", "rtda-experiment-e")
                .containsEntry("transaction.timeout.ms", 10_000)
                .containsEntry("delivery.timeout.ms", 10_000)
                .containsEntry("max.block.ms", 5_000L)
                .containsEntry("acks", "all");
    }
}
