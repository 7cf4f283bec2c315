package org.rtda.cli.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;

/**
 * Requests to one gateway and their answers. Every call throws {@link CommandFailure} with one line when the gateway is away or refuses.
 * Safe for use by several threads.
 */
final class GatewayConnection {
    /** What every path begins with. */
    static final String API = "/api/v1";

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(30);

    /** Of one with hundreds of thousands of objects, which the store removes a thousand at a time. */
    private static final Duration DELETION_LIMIT = Duration.ofMinutes(30);

    private final ObjectMapper json = EventCodec.mapper();
    private final URI base;
    private final HttpClient http;
    private final Optional<String> token;

    /** @param token to sign in with; empty where the gateway asks for none */
    GatewayConnection(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    URI base() {
        return base;
    }

    /** The path of an experiment, with what comes behind it. */
    static String ofExperiment(String id, String rest) {
        return API + "/experiments/" + encoded(id) + rest;
    }

    /** A part of a path, or a parameter's value. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    byte[] get(String path) {
        return send(limited(path).GET());
    }

    <T> T get(String path, TypeReference<T> type) {
        return read(get(path), type);
    }

    /** @throws GatewayRefusal where it is not allowed */
    void delete(String path) {
        send(request(path).timeout(DELETION_LIMIT).DELETE());
    }

    /** Without a body. */
    byte[] post(String path) {
        return send(limited(path).POST(BodyPublishers.noBody()));
    }

    byte[] post(String path, Object document) {
        return send(withJson(path, "POST", document));
    }

    /** The same, made once however often it is sent with this key. */
    byte[] post(String path, Object document, String idempotencyKey) {
        return send(withJson(path, "POST", document).header("Idempotency-Key", idempotencyKey));
    }

    byte[] patch(String path, Object document) {
        return send(withJson(path, "PATCH", document));
    }

    byte[] upload(String path, Multipart form) {
        return send(request(path)
                .timeout(UPLOAD_LIMIT)
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    }

    /** A stream of events, which the caller closes; of any status. */
    HttpResponse<Stream<String>> lines(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
    }

    private HttpRequest.Builder withJson(String path, String method, Object document) {
        return limited(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(EventCodec.write(document)));
    }

    private HttpRequest.Builder limited(String path) {
        return request(path).timeout(ANSWER_LIMIT);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    private byte[] send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new GatewayRefusal(
                        response.statusCode(),
                        GatewayProblem.inOneLine(
                                response.statusCode(),
                                response.headers().firstValue("Content-Type").orElse(""),
                                new String(response.body(), StandardCharsets.UTF_8)));
            }
            return response.body();
        } catch (ConnectException e) {
            throw new CommandFailure("the gateway at " + base + " does not answer: is it running? (rtda up)", e);
        } catch (HttpTimeoutException e) {
            throw new CommandFailure("the gateway at " + base + " did not answer in time", e);
        } catch (IOException e) {
            throw new CommandFailure("the connection to the gateway at " + base + " broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the gateway", e);
        }
    }

    <T> T read(byte[] body, TypeReference<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw new CommandFailure("the gateway's answer cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("the gateway's answer cannot be read: " + e.getMessage(), e);
        }
    }
}
