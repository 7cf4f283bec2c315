package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TopicAdminTest {

    @Test
    void aBrokerThatIsNotThereIsNamed() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() -> TopicAdmin.ensure("127.0.0.1:" + free, Duration.ofSeconds(1)))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessage("Kafka broker at 127.0.0.1:" + free
                        + " did not answer within 1 s: is it running? (kafka.bootstrap.servers)");
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        assertThatThrownBy(() -> TopicAdmin.ensure("nonsense", Duration.ofSeconds(1)))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageStartingWith("\"nonsense\" does not name a Kafka broker: ");
    }

    private static ConfigEntry deliveries(int limit) {
        return new ConfigEntry("group.share.delivery.count.limit", Integer.toString(limit));
    }

    /** Five is Kafka's own value, and ten the most that it takes. */
    @Test
    void aBrokerThatDropsWorkAfterFewerThanFiveDeliveriesIsRefusedWithItsSetting() {
        assertThatCode(() -> TopicAdmin.requireDeliveries("kafka:9092", deliveries(5)))
                .doesNotThrowAnyException();
        assertThatCode(() -> TopicAdmin.requireDeliveries("kafka:9092", deliveries(10)))
                .doesNotThrowAnyException();
        assertThatCode(() -> TopicAdmin.requireDeliveries("kafka:9092", null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopicAdmin.requireDeliveries("kafka:9092", deliveries(4)))
                .isInstanceOf(KafkaException.class)
                .hasMessage(
                        "the Kafka broker at kafka:9092 has group.share.delivery.count.limit=4: it must be at least 5,"
                                + " or the broker drops work that was stopped or killed so often, without a word");
    }

    @Test
    void aBrokerWithoutShareGroupsIsRefusedWithWhatToDo() {
        assertThatCode(() -> TopicAdmin.requireShareGroups("kafka:9092", 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopicAdmin.requireShareGroups("kafka:9092", 0))
                .isInstanceOf(KafkaException.class)
                .hasMessage(
                        "the Kafka broker at kafka:9092 has no share groups, from which work is taken (feature"
                                + " share.version must be at least 1, was 0): it must be of version 4.2 or later and, where it has"
                                + " the features of an earlier one, be upgraded by kafka-features.sh upgrade --release-version 4.2");
    }
}
