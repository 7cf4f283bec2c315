package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;

/** What the store says when it does not serve; a small server plays the part of the S3 store that refuses. */
class MinioArtifactStoreTest {
    private static final String SECRET = "a-secret-nobody-may-see";

    private HttpServer server;

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aStoreThatIsDownIsNamedWithItsAddress() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String endpoint = "http://127.0.0.1:" + free;

        assertThatThrownBy(() -> new MinioArtifactStore(settings(endpoint)))
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .hasMessageContaining("the store at " + endpoint + " (bucket rtda) cannot be reached")
                .hasMessageContaining("is it running")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void refusedKeysAreSaid() throws IOException {
        String endpoint = answering(403, error("SignatureDoesNotMatch", "wrong"));

        // asking whether the bucket is there has no body in its answer, so the store's own code is not known
        assertThatThrownBy(() -> new MinioArtifactStore(settings(endpoint)))
                .isInstanceOf(ArtifactStoreUnavailableException.class)
                .hasMessageContaining("refuses access; check rtda.store.access-key and rtda.store.secret-key")
                .hasMessageNotContaining(SECRET)
                .satisfies(failure -> assertThat(((ArtifactStoreUnavailableException) failure).refusesKeys())
                        .isTrue());
    }

    @Test
    void aFullDiskIsSaid() throws IOException {
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "")))) {
            answerFromNowOn(507, error("XMinioStorageFull", "Storage backend has reached its minimum free drive"));

            assertThatThrownBy(() -> store.put("k", new byte[1]))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining("is full; free space on its disk");
            assertThatThrownBy(() -> store.write("k", 1, out -> out.write(1)))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining("is full; free space on its disk");
        }
    }

    @Test
    void whatAnswersAWriteWithoutADocumentIsTold() throws IOException {
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "")))) {
            answerFromNowOn(404, "<html>no such page</html>");
            assertThatThrownBy(() -> store.write("k", 1, out -> out.write(1)))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining("does not answer as an S3 store does");
            answerFromNowOn(502, "<html>bad gateway</html>");
            assertThatThrownBy(() -> store.write("k", 1, out -> out.write(1)))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining("fails with HTTP status 502");
        }
    }

    @Test
    void aWritersOwnMistakeIsNotTheStores() throws IOException {
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "")))) {
            assertThatThrownBy(() -> store.write("k", 2, out -> out.write(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("object k was to have 2 bytes, and 1 were written");
        }
    }

    /** Whoever reads takes as much memory as there are to be bytes. */
    @Test
    void anObjectOfAnotherLengthIsNotGivenToItsReader() throws IOException {
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "12345")))) {
            assertThatThrownBy(() -> store.read(new ObjectRef("k", "0", 1L << 40, "00000000"), in -> {
                        throw new AssertionError("was read");
                    }))
                    .isInstanceOf(ArtifactCorruptException.class)
                    .hasMessageContaining("1099511627776 bytes")
                    .hasMessageContaining("5 bytes");
        }
    }

    @Test
    void aLostBucketIsSaid() throws IOException {
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "")))) {
            answerFromNowOn(404, error("NoSuchBucket", "gone"));

            assertThatThrownBy(() -> store.find("k"))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining("has lost the bucket");
        }
    }

    @Test
    void anAnswerThatIsNotS3IsSaid() throws IOException {
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "")))) {
            answerFromNowOn(404, "<html>no such page</html>");

            assertThatThrownBy(() -> store.find("k"))
                    .isInstanceOf(ArtifactStoreUnavailableException.class)
                    .hasMessageContaining("does not answer as an S3 store does");
        }
    }

    @Test
    void textsNeverShowTheSecret() throws IOException {
        assertThat(settings("http://localhost:9000").toString())
                .isEqualTo("MinioSettings[rtda at http://localhost:9000 in us-east-1]");
        try (MinioArtifactStore store = new MinioArtifactStore(settings(answering(200, "")))) {
            assertThat(store.toString()).doesNotContain(SECRET).startsWith("MinioArtifactStore[rtda at http://127");
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        for (String endpoint :
                new String[] {null, "", "localhost:9000", "ftp://host", "http://me:pass@host", "http://"}) {
            assertThatThrownBy(() -> new MinioSettings(endpoint, "rtda", "key", SECRET, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("store endpoint must be");
        }
        assertThatThrownBy(() -> new MinioSettings("http://host", "Upper_Case", "key", SECRET, null))
                .hasMessageStartingWith("store bucket must be");
        assertThatThrownBy(() -> new MinioSettings("http://host", "rtda", " ", SECRET, null))
                .hasMessage("store access key must be present");
        assertThatThrownBy(() -> new MinioSettings("http://host", "rtda", "key", "", null))
                .hasMessage("store secret key must be present");
    }

    private String answering(int status, String body) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> exchange.close());
        answerFromNowOn(status, body);
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answerFromNowOn(int status, String body) {
        server.removeContext("/");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders()
                        .add("Content-Type", body.startsWith("<html") ? "text/html" : "application/xml");
                boolean noBody = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
                exchange.sendResponseHeaders(status, noBody ? -1 : bytes.length);
                if (!noBody) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
    }

    private static String error(String code, String message) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
    }

    private static MinioSettings settings(String endpoint) {
        return new MinioSettings(endpoint, "rtda", "key", SECRET, null);
    }
}
