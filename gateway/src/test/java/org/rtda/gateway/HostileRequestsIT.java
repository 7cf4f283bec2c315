package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.EventCodec;
import org.rtda.core.Tensor;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.gateway.form.HostileForm;
import org.rtda.testkit.LocalStackResource;

/**
 * 420 hostile bodies, from fixed seeds, at every path that takes one: each is refused as the caller's fault with a problem document, or
 * was harmless. None is the gateway's failure, and none leaves a file.
 */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
class HostileRequestsIT {
    private static final String PROBLEM = "application/problem+json";
    private static final int OF_EACH = 80;
    private static final List<String> JSON_PATHS = List.of(
            "POST /api/v1/experiments",
            "PATCH /api/v1/experiments/none",
            "POST /api/v1/experiments/none/evaluations",
            "POST /api/v1/experiments/none/report",
            "POST /api/v1/experiments/none/card",
            "POST /api/v1/tokens");

    @TestHTTPResource("/")
    URL base;

    @TempDir
    Path folder;

    @ConfigProperty(name = "quarkus.http.body.uploads-directory")
    String uploads;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** By status, one example each, so that a failure says what it was. */
    private final Map<Integer, String> wrong = new TreeMap<>();

    /** An upload is removed after its answer has gone. */
    @AfterEach
    void nothingOfAnUploadStays() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (Stream<Path> files = Files.list(Path.of(uploads))) {
                assertThat(files).isEmpty();
            }
        });
    }

    private void send(String what, String operation, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        String[] parts = operation.split(" ");
        send(
                what + " at " + operation,
                request(parts[1]).header("Content-Type", mediaType).method(parts[0], BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base.toString()).resolve(path)).timeout(Duration.ofMinutes(1));
    }

    private void send(String what, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        boolean refused = answer.statusCode() >= 400 && answer.statusCode() < 500;
        boolean harmless = answer.statusCode() < 300;
        if (!refused && !harmless) {
            wrong.put(answer.statusCode(), what + ": " + answer.body());
        }
        if (refused) {
            assertThat(answer.headers().firstValue("Content-Type")).as(what).contains(PROBLEM);
            assertThat(EventCodec.mapper()
                            .readTree(answer.body())
                            .path("detail")
                            .asText())
                    .as(what)
                    .isNotBlank()
                    .hasSizeLessThan(3000);
        }
    }

    private static byte[] form(String field, String fileName, byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("--part\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nhostile\r\n"
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(("--part\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes("\r\n--part--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    /** Cut, with flipped bits, with bytes of another place, or with a number that is far too large. */
    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> {
                int length = Math.min(40, bytes.length / 2);
                System.arraycopy(
                        sound,
                        random.nextInt(bytes.length - length),
                        bytes,
                        random.nextInt(bytes.length - length),
                        length);
            }
            default ->
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(random.nextInt(bytes.length - 4), random.nextBoolean() ? -1 : Integer.MAX_VALUE);
        }
        return bytes;
    }

    @Test
    void hostileWeightsAreRefused() throws Exception {
        byte[] sound = SafeTensors.encode(
                new Weights(Map.of("fc.weight", new Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4}))), Map.of());
        for (int seed = 0; seed < OF_EACH; seed++) {
            send(
                    "weights of seed " + seed,
                    "POST /api/v1/weights",
                    "multipart/form-data; boundary=part",
                    form("file", "w.safetensors", damaged(sound, new Random(seed))));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void hostileDataSetsAreRefused() throws Exception {
        byte[] sound = Files.readAllBytes(TestImages.npz(folder.resolve("a.npz"), 0));
        for (int seed = 0; seed < OF_EACH; seed++) {
            send(
                    "data set of seed " + seed,
                    "POST /api/v1/datasets",
                    "multipart/form-data; boundary=part",
                    form("file", "../../" + seed + ".npz", damaged(sound, new Random(seed))));
        }
        assertThat(wrong).isEmpty();
    }

    /** Six of each kind, at the two paths that take forms by turns. */
    @Test
    void hostileFormsAreRefused() throws Exception {
        for (int seed = 0; seed < 6 * HostileForm.kinds(); seed++) {
            HostileForm form = HostileForm.of(seed);
            String path = seed / HostileForm.kinds() % 2 == 0 ? "POST /api/v1/datasets" : "POST /api/v1/weights";
            send(form.what(), path, form.contentType(), form.body());
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void mediaTypesThatAreNoneAreRefused() throws Exception {
        byte[] form = HostileForm.of(0).body();
        for (String type : List.of(
                "multipart",
                "multipart/",
                "/",
                ";",
                "multipart/form-data;;boundary=part",
                "multipart/mixed; boundary=part",
                "Multipart/Form-Data; boundary=part",
                "multipart/*; boundary=part",
                "*/*",
                "application/x-www-form-urlencoded")) {
            send("media type " + type, "POST /api/v1/datasets", type, form);
            send("accepted media type " + type, request("/api/v1/known").header("Accept", type));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void hostileDocumentsAreRefused() throws Exception {
        byte[] sound =
                "{\"dataset\":\"none\",\"method\":\"rtda\",\"attack\":{\"epsilon\":\"8/255\",\"steps\":3},\"tags\":[\"a\"]}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < OF_EACH; seed++) {
            send(
                    "document of seed " + seed,
                    JSON_PATHS.get(seed % JSON_PATHS.size()),
                    "application/json",
                    damaged(sound, new Random(seed)));
        }
        assertThat(wrong).isEmpty();
    }

    /** By hand: a client library would escape it, or refuse to send it. */
    private String answerTo(String requestLineAndHeaders) throws IOException {
        try (Socket connection = new Socket(base.getHost(), base.getPort())) {
            connection.setSoTimeout(60_000);
            connection.getOutputStream().write(requestLineAndHeaders.getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Vert.x answers these itself, before anything of the gateway sees them, and closes the connection. */
    @Test
    void targetsThatAreNoUrisAreRefused() throws Exception {
        assertThat(answerTo("GET /api/v1/known?x=%7By%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .as("by the same hand, with a target that is one")
                .contains("query parameter must be ");
        for (String target : List.of(
                "/api/v1/experiments?tag={x}",
                "/api/v1/experiments/{id}",
                "/api/v1/experiments?tag=%zz",
                "/api/v1/experiments?tag=%",
                "/api/v1/experiments?tag=%f",
                "/api/v1/experiments/%zz",
                "/api/v1/metrics/stream?experiment=a|b",
                "/?a=\"b\"",
                "/%")) {
            for (String method : List.of("GET", "POST", "OPTIONS")) {
                String got = answerTo(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Length: 0\r\n\r\n");
                assertThat(got).as("%s %s", method, target).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    /** Vert.x answers these itself, too, before anything of the gateway sees them. */
    @Test
    void headersThatAreTooLongOrTooManyAreRefusedAndTheGatewayGoesOn() throws Exception {
        List<String> oversized = List.of(
                "X: " + "x".repeat(100_000) + "\r\n",
                "Cookie: a=" + "b".repeat(100_000) + "\r\n",
                "X: y\r\n".repeat(10_000));
        for (String headers : oversized) {
            assertThat(answerTo("GET /api/v1/known HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                            + "\r\n"))
                    .startsWith("HTTP/1.1 431 ");
        }
        assertThat(answerTo("GET /api/v1/known?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] 414 .*");
        send("a request of the usual length", request("/api/v1/known"));
        assertThat(wrong).isEmpty();
    }

    @Test
    void documentsThatAreMadeToTakeTimeOrMemoryAreRefused() throws Exception {
        List<String> documents = List.of(
                "[".repeat(200_000),
                "{\"a\":".repeat(50_000),
                "9".repeat(250_000),
                "{\"attack\":{\"epsilon\":" + "9".repeat(200_000) + "}}",
                "{\"attack\":{\"epsilon\":\"" + "9".repeat(100_000) + "/" + "9".repeat(100_000) + "\"}}",
                "{\"seed\":1e999999999}",
                "{\"name\":\"" + "\\u0000".repeat(30_000) + "\"}",
                "{\"dataset\":\"" + "a/../".repeat(40_000) + "\"}",
                "\"" + "x".repeat(250_000) + "\"",
                "null");
        for (String document : documents) {
            for (String path : JSON_PATHS) {
                send(
                        document.substring(0, Math.min(40, document.length())),
                        path,
                        "application/json",
                        document.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(wrong).isEmpty();
    }
}
