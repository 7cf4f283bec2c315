package org.rtda.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.settings.Condition;
import org.rtda.store.ArtifactStoreUnavailableException;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.http.StoreHttp;
import org.rtda.testkit.MinioServer;

/**
 * A real MinIO with TLS, whose program the variable RTDA_MINIO names: what the description allows works, and everything else is refused, for
 * each account, kind of object and operation.
 */
class StoreAccessIT {
    private static final Accounts ACCOUNTS = Accounts.described();
    private static final byte[] CONTENT = {1, 2, 3};

    private static final Map<String, String> PASSWORDS = ACCOUNTS.names().stream()
            .collect(Collectors.toMap(account -> account, account -> "password-of-" + account));

    /** One of each kind that there is, and one that there is not. */
    private static final List<String> KEYS = List.of(
            ObjectKeys.manifest("busi"),
            ObjectKeys.block("busi", "ab12"),
            ObjectKeys.datasetClaim("busi", "import-1"),
            ObjectKeys.uploadedWeights("ab12"),
            ObjectKeys.snapshot("e1", 1, 7),
            ObjectKeys.payload("e1/1/7/augmix-0"),
            ObjectKeys.checkpoint("e1", 1, "checkpoint.json"),
            ObjectKeys.checkpoint("e1", 1, 1, "weights.safetensors"),
            ObjectKeys.checkpoint("e1", 1, 1, "model.onnx"),
            ObjectKeys.checkpoint("e1", 1, 1, "training-state.safetensors"),
            ObjectKeys.predictions("e1/epoch-00001", Condition.clean("test")),
            ObjectKeys.gallery("e1/epoch-00001", Condition.clean("test")),
            "readiness");

    @TempDir
    private static Path folder;

    private static MinioServer server;
    private static MinioArtifactStore administrator;

    @BeforeAll
    static void setUp() throws Exception {
        String program = System.getenv("RTDA_MINIO");
        assumeTrue(program != null, "skipped: RTDA_MINIO does not name the program of a MinIO server");
        server = MinioServer.start(Path.of(program), folder);
        administrator = MinioArtifactStore.await(server.administrator(), Duration.ofMinutes(1));
        new StoreAccess(ACCOUNTS, server.administrator()).apply(PASSWORDS);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            administrator.close();
            server.close();
        }
    }

    static List<String> accounts() {
        return ACCOUNTS.ofStore();
    }

    private static MinioArtifactStore storeOf(String account) {
        return new MinioArtifactStore(server.settings(account, PASSWORDS.get(account), "rtda"));
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void anAccountReadsItsObjectsAndNoOther(String account) {
        KEYS.forEach(key -> administrator.put(key, CONTENT));
        try (MinioArtifactStore store = storeOf(account)) {
            for (String key : KEYS) {
                if (ACCOUNTS.allows(account, Resource.OBJECTS, Privilege.READ, key)) {
                    assertThat(store.find(key)).as(key).hasValue(CONTENT);
                } else {
                    assertRefused(key, () -> store.find(key));
                }
            }
            assertThat(store.list("")).containsAll(KEYS);
            assertThat(store.find(ObjectKeys.manifest("absent"))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void anAccountWritesItsObjectsAndNoOther(String account) {
        try (MinioArtifactStore store = storeOf(account)) {
            for (String key : KEYS) {
                if (ACCOUNTS.allows(account, Resource.OBJECTS, Privilege.WRITE, key)) {
                    assertThatCode(() -> store.put(key, CONTENT)).as(key).doesNotThrowAnyException();
                } else {
                    assertRefused(key, () -> store.put(key, CONTENT));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void anAccountDeletesItsObjectsAndNoOther(String account) {
        KEYS.forEach(key -> administrator.put(key, CONTENT));
        try (MinioArtifactStore store = storeOf(account)) {
            for (String key : KEYS) {
                if (ACCOUNTS.allows(account, Resource.OBJECTS, Privilege.DELETE, key)) {
                    store.delete(key);
                    assertThat(administrator.find(key)).as(key).isEmpty();
                } else {
                    assertRefused(key, () -> store.delete(key));
                    assertThat(administrator.find(key)).as(key).isPresent();
                }
            }
        }
    }

    @Test
    void nobodyWithoutAnAccountReadsAnything() throws Exception {
        administrator.put("datasets/open", CONTENT);
        OkHttpClient http = StoreHttp.client(server.administrator().trustedCertificates());
        Request read = new Request.Builder()
                .url(server.endpoint() + "/rtda/datasets/open")
                .build();
        try (Response answer = http.newCall(read).execute()) {
            assertThat(answer.code()).isEqualTo(403);
        }
    }

    @Test
    void anotherBucketIsRefused() {
        MinioSettings root = server.administrator();
        new MinioArtifactStore(server.settings(root.accessKey(), root.secretKey(), "another")).close();
        assertRefused(
                "another bucket",
                () -> new MinioArtifactStore(server.settings("gateway", PASSWORDS.get("gateway"), "another")));
    }

    @Test
    void aPasswordIsChangedBySettingItUpAgain() throws Exception {
        StoreAccess access = new StoreAccess(Accounts.parse("rotated objects read *"), server.administrator());
        access.apply(Map.of("rotated", "the-first-one"));
        new MinioArtifactStore(server.settings("rotated", "the-first-one", "rtda")).close();
        access.apply(Map.of("rotated", "the-second-one"));

        new MinioArtifactStore(server.settings("rotated", "the-second-one", "rtda")).close();
        assertRefused(
                "the first one", () -> new MinioArtifactStore(server.settings("rotated", "the-first-one", "rtda")));
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotSpokenTo() {
        MinioSettings root = server.administrator();
        assertThatThrownBy(() -> new MinioArtifactStore(
                        new MinioSettings(root.endpoint(), "rtda", root.accessKey(), root.secretKey(), null)))
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> StoreHttp.client(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "rtda.store.trusted-certificates must name a PEM file with certificates, was " + empty);
    }

    private static void assertRefused(String what, Runnable operation) {
        assertThatThrownBy(operation::run)
                .as(what)
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .satisfies(failure -> assertThat(((ArtifactStoreUnavailableException) failure).refusesKeys())
                        .isTrue());
    }
}
