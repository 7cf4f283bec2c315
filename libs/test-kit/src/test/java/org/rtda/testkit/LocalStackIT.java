package org.rtda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalStackIT {

    @Test
    void theSharedStackIsStartedOnceAndAnswers() throws IOException {
        LocalStack first = LocalStack.shared();
        first.close();
        LocalStack second = LocalStack.shared();

        assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
        assertThat(second.s3Endpoint()).isEqualTo(first.s3Endpoint());
        URI broker = URI.create("kafka://" + second.bootstrapServers());
        URI store = URI.create(second.s3Endpoint());
        try (Socket toBroker = new Socket(broker.getHost(), broker.getPort());
                Socket toStore = new Socket(store.getHost(), store.getPort())) {
            assertThat(toBroker.isConnected()).isTrue();
            assertThat(toStore.isConnected()).isTrue();
        }
    }

    @Test
    void aQuarkusTestGetsAddressesAndABucketOfItsOwn() {
        Map<String, String> one = new LocalStackResource().start();
        Map<String, String> other = new LocalStackResource().start();

        assertThat(one)
                .containsEntry("kafka.bootstrap.servers", LocalStack.shared().bootstrapServers())
                .containsEntry("rtda.store.endpoint", LocalStack.shared().s3Endpoint())
                .containsKeys("rtda.store.access-key", "rtda.store.secret-key", "rtda.store.region");
        assertThat(one.get("rtda.store.bucket")).isNotEqualTo(other.get("rtda.store.bucket"));
    }

    @Test
    void theSharedStackCannotBeKilledByOneTest() {
        LocalStack shared = LocalStack.shared();

        assertThatThrownBy(shared::kill).isInstanceOf(IllegalStateException.class);
    }
}
