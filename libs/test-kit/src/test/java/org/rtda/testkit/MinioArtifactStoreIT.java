package org.rtda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;

/**
 * The MinIO store against a real one: the one that RTDA_TEST_S3_ENDPOINT, RTDA_TEST_S3_ACCESS_KEY and
 * RTDA_TEST_S3_SECRET_KEY name, else that of the local stack.
 */
class MinioArtifactStoreIT extends ArtifactStoreContract {
    private static final String ENDPOINT = "RTDA_TEST_S3_ENDPOINT";

    private static MinioSettings settings;
    private static MinioArtifactStore store;

    @BeforeAll
    static void enter() {
        settings = settings("contract-" + UUID.randomUUID());
        store = new MinioArtifactStore(settings);
    }

    @AfterAll
    static void leave() {
        if (System.getenv(ENDPOINT) != null) {
            store.list("").forEach(store::delete);
        }
        store.close();
    }

    @Override
    protected ArtifactStore store() {
        return store;
    }

    @Test
    void aSecondStoreOnTheSameBucketSeesTheSameObjects() {
        ObjectRef ref = store.put("contract/shared", new byte[] {1, 2, 3});

        try (MinioArtifactStore second = new MinioArtifactStore(settings)) {
            assertThat(second.get(ref)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aWrongSecretIsRefusedAndNotShown() {
        MinioSettings wrong = new MinioSettings(
                settings.endpoint(), settings.bucket(), settings.accessKey(), "the-wrong-secret", null);

        assertThatThrownBy(() -> new MinioArtifactStore(wrong))
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .hasMessageContaining(settings.endpoint())
                .hasMessageContaining("check rtda.store.access-key and rtda.store.secret-key")
                .hasMessageNotContaining("the-wrong-secret");
    }

    @Test
    void aStoreThatIsKilledIsUnavailableFromThenOn() {
        try (LocalStack own = LocalStack.start();
                MinioArtifactStore entered = new MinioArtifactStore(own.settings("rtda"))) {
            ObjectRef ref = entered.put("contract/before", new byte[] {1});
            own.kill();

            assertThatThrownBy(() -> entered.get(ref))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining(own.s3Endpoint())
                    .hasMessageContaining("cannot be reached");
        }
    }

    private static MinioSettings settings(String bucket) {
        Optional<String> endpoint = Optional.ofNullable(System.getenv(ENDPOINT));
        if (endpoint.isPresent()) {
            return new MinioSettings(
                    endpoint.get(),
                    bucket,
                    System.getenv("RTDA_TEST_S3_ACCESS_KEY"),
                    System.getenv("RTDA_TEST_S3_SECRET_KEY"),
                    null);
        }
        LocalStack stack = LocalStack.shared();
        return stack.settings(bucket);
    }
}
