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

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Supplier<URI> base;
    private final Limits limits;

    /** @param base asked at each call: a gateway that was started again has another */
    Gateway(Supplier<URI> base, Limits limits) {
        this.base = base;
        this.limits = limits;
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
     * @throws IllegalStateException when it refuses, or answers nothing else than failures until the patience is over
     */
    String submit(JsonNode specification, String idempotencyKey) {
        Answer answer = untilAnswered(() -> trySubmit(specification, idempotencyKey));
        if (answer.status() != 201) {
            throw new IllegalStateException("the gateway refused an experiment: " + answer);
        }
        return answer.body().path("id").asText();
    }

    /**
     * Asks for an experiment to be stopped, until the gateway answers.
     *
     * @throws IllegalStateException as {@link #submit}
     */
    Answer cancel(String experimentId) {
        return untilAnswered(() ->
                call(request(EXPERIMENTS + "/" + experimentId + "/cancel").POST(HttpRequest.BodyPublishers.noBody())));
    }

    private interface Call {
        Answer answer() throws IOException;
    }

    /** Failures of the gateway are no answer. */
    private Answer untilAnswered(Call call) {
        long end = System.nanoTime() + limits.patience().toNanos();
        while (true) {
            String problem;
            try {
                Answer answer = call.answer();
                if (answer.status() < 500) {
                    return answer;
                }
                problem = answer.toString();
            } catch (IOException e) {
                problem = e.toString();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the gateway has not answered for " + limits.patience() + ", at last: " + problem);
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

    /** An experiment as the gateway shows it. */
    Answer show(String experimentId) throws IOException {
        return call(request(EXPERIMENTS + "/" + experimentId).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.get().resolve(path)).timeout(limits.soon());
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
