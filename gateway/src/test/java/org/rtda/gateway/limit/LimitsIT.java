package org.rtda.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.testkit.LocalStackResource;

/** A gateway of narrow limits: one upload at once, two downloads a minute, and ten seconds for a body. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@TestProfile(LimitsIT.Narrow.class)
class LimitsIT {
    public static class Narrow implements QuarkusTestProfile {
        private static final String TOKEN = "rtda_" + "6".repeat(64);

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtda.security.sign-in", "required",
                    "rtda.owner-token", TOKEN,
                    "rtda.gateway.max-upload-bytes", "200000",
                    "rtda.limits.uploads", "1",
                    "rtda.limits.downloads-per-minute", "2",
                    "rtda.limits.commands-per-minute", "100",
                    "rtda.limits.slow-sender-grace", "PT10S",
                    "rtda.limits.least-bytes-per-second", "1000000");
        }
    }

    private static final String PROBLEM = "application/problem+json";

    @TestHTTPResource("/")
    URL base;

    @Inject
    RequestLimits limits;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base.toString()).resolve(path))
                .header("Authorization", "Bearer " + Narrow.TOKEN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> upload() throws IOException, InterruptedException {
        return send(request("/api/v1/weights")
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.ofString("--part--\r\n")));
    }

    /** An upload that has begun and does not end. */
    private Socket heldUpload() throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.getOutputStream()
                .write(("POST /api/v1/weights HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Narrow.TOKEN
                                + "\r\nContent-Type: multipart/form-data; boundary=part\r\nContent-Length: 100000\r\n\r\n--part\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void aSecondUploadWaitsForTheFirstAndIsToldSo() throws Exception {
        try (Socket held = heldUpload()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> limits.uploadsUnderWay() == 1);
            HttpResponse<String> refused = upload();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(refused.headers().firstValue("Content-Type")).contains(PROBLEM);
            assertThat(refused.body()).contains("Too Many Requests", "1 uploads at once (rtda.limits.uploads)");
            assertThat(held.isClosed()).isFalse();
        }
        // the sender has left: its place is free again
        await().atMost(Duration.ofSeconds(30)).until(() -> limits.uploadsUnderWay() == 0);
        assertThat(upload().statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUpAndItsConnectionClosed() throws Exception {
        try (Socket held = heldUpload()) {
            held.setSoTimeout(60_000);
            String answer = new String(held.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains(PROBLEM, "the body came too slowly");
        }
    }

    /** It does not say its length, so it is read until it is too long. */
    @Test
    void anUploadThatTurnsOutToBeTooLongIsRefused() throws Exception {
        String form = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"w\"\r\n\r\n"
                + "x".repeat(300_000) + "\r\n--part--\r\n";

        HttpResponse<String> answer = send(request("/api/v1/weights")
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(form.getBytes(StandardCharsets.ISO_8859_1)))));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROBLEM);
        assertThat(answer.body()).contains("the body may have at most 200000 bytes, has more");
    }

    @Test
    void aThirdDownloadInAMinuteIsTooMany() throws Exception {
        assertThat(send(request("/api/v1/experiments/none/model")).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/v1/experiments/none/weights")).statusCode())
                .isEqualTo(404);
        HttpResponse<String> third = send(request("/api/v1/experiments/none/model"));

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).contains("rtda.limits.downloads-per-minute");
        assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
        assertThat(send(request("/api/v1/experiments/none")).statusCode())
                .as("anything else goes on")
                .isEqualTo(404);
    }
}
