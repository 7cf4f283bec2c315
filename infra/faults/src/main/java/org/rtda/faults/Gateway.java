package org.rtda.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import org.rtda.contracts.EventCodec;

/** The door for people, as a careful client uses it: the same key until there is an answer. */
final class Gateway {
    private static final String EXPERIMENTS = "/api/v1/experiments";
    private static final Duration CALL_LIMIT = Duration.ofSeconds(20);
    private static final Duration SUBMIT_LIMIT = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Supplier<URI> base;

    /** @param base asked at each call: a gateway that was started again has another */
    Gateway(Supplier<URI> base) {
        this.base = base;
    }

    /**
     * An answer.
     *
     * @param body missing where it was no JSON
     */
    record Answer(int status, JsonNode body) {}

    /**
     * Asks until the gateway accepts or refuses.
     *
     * @return the experiment's id
     * @throws IllegalStateException when it refuses, or does not answer for five minutes
     */
    String submit(JsonNode specification, String idempotencyKey) {
        long end = System.nanoTime() + SUBMIT_LIMIT.toNanos();
        while (true) {
            String problem;
            try {
                Answer answer = trySubmit(specification, idempotencyKey);
                if (answer.status() == 201) {
                    return answer.body().path("id").asText();
                }
                problem = answer.status() + " " + answer.body();
                if (answer.status() < 500) {
                    throw new IllegalStateException("the gateway refused an experiment: " + problem);
                }
            } catch (IOException e) {
                problem = e.toString();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the gateway took no experiment for " + SUBMIT_LIMIT + ": " + problem);
            }
            Pause.of(Duration.ofMillis(200));
        }
    }

    /** Asks once. */
    Answer trySubmit(JsonNode specification, String idempotencyKey) throws IOException {
        return call(request(EXPERIMENTS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(EventCodec.write(specification))));
    }

    /** Asks for an experiment to be stopped. */
    Answer cancel(String experimentId) throws IOException {
        return call(request(EXPERIMENTS + "/" + experimentId + "/cancel").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** An experiment as the gateway shows it. */
    Answer show(String experimentId) throws IOException {
        return call(request(EXPERIMENTS + "/" + experimentId).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.get().resolve(path)).timeout(CALL_LIMIT);
    }

    private Answer call(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return EventCodec.mapper().readTree(body);
        } catch (IOException e) {
            // an error page: the status says enough
            return MissingNode.getInstance();
        }
    }
}
