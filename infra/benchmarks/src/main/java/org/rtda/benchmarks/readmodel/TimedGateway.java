package org.rtda.benchmarks.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.rtda.contracts.EventCodec;

/** Asks a gateway, and says how long the answers take. */
public final class TimedGateway {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final URI management;

    /** @param management where its metrics are */
    public TimedGateway(URI base, URI management) {
        this.base = base;
        this.management = management;
    }

    /** Milliseconds from the request until all of the answer is there. */
    public record Answer(double milliseconds, JsonNode body) {}

    /** @throws IllegalStateException when the answer is not 200 */
    public Answer get(String path) {
        long begun = System.nanoTime();
        byte[] body = bytes(base.resolve(path));
        double milliseconds = (System.nanoTime() - begun) / 1e6;
        try {
            return new Answer(milliseconds, EventCodec.mapper().readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** Records of all topics that the gateway's process has projected so far. */
    public long projectedRecords() {
        return (long) new String(bytes(management.resolve("/q/metrics")), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("rtda_view_records_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private byte[] bytes(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(address + " was answered with " + response.statusCode() + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(address.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks for a tenth of the paths, at least one, for the compiler's sake. */
    public void warmUp(List<String> paths) {
        paths.stream().limit(Math.max(1, paths.size() / 10)).forEach(this::get);
    }

    /** Asks for one path after the other. @return milliseconds by path */
    public double[] times(List<String> paths) {
        return paths.stream().mapToDouble(path -> get(path).milliseconds).toArray();
    }
}
