package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.EventCodec;
import org.rtda.core.Tensor;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.testkit.LocalStackResource;

/**
 * 300 hostile bodies, from fixed seeds, at every path that takes one: each is refused as the caller's fault with a problem document, or
 * was harmless. None is the gateway's failure.
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

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** By status, one example each, so that a failure says what it was. */
    private final Map<Integer, String> wrong = new TreeMap<>();

    private void send(String what, String operation, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        String[] parts = operation.split(" ");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(base.toString()).resolve(parts[1]))
                        .header("Content-Type", mediaType)
                        .timeout(Duration.ofMinutes(1))
                        .method(parts[0], BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        boolean refused = answer.statusCode() >= 400 && answer.statusCode() < 500;
        boolean harmless = answer.statusCode() < 300;
        if (!refused && !harmless) {
            wrong.put(answer.statusCode(), what + " at " + operation + ": " + answer.body());
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
