package org.rtda.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.rtda.testkit.LocalStack;

/** One service as its users run it: the packaged application in a process of its own, one thread for native work. */
final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String service;
    private final Process process;
    private final Path log;
    private final URI base;

    private ServiceProcess(String service, Process process, Path log, URI base) {
        this.service = service;
        this.process = process;
        this.log = log;
        this.base = base;
    }

    /** Starts it without waiting; {@link #awaitReady} does. */
    static ServiceProcess start(String service, String instance, LocalStack stack, String bucket, Path logs) {
        Path root = Path.of(System.getProperty("rtda.root"));
        int port = freePort();
        Path log = logs.resolve(instance + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-jar",
                root.resolve(service)
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString()));
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        stack.bootstrapServers(),
                        "RTDA_STORE_ENDPOINT",
                        stack.s3Endpoint(),
                        "RTDA_STORE_ACCESS_KEY",
                        stack.accessKey(),
                        "RTDA_STORE_SECRET_KEY",
                        stack.secretKey(),
                        "RTDA_STORE_BUCKET",
                        bucket,
                        "RTDA_INSTANCE",
                        instance,
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "OMP_WAIT_POLICY",
                        "PASSIVE",
                        "MALLOC_ARENA_MAX",
                        "2"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            return new ServiceProcess(service, builder.start(), log, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceProcess awaitReady() {
        Awaitility.await(service + " is ready")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                service + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
                    }
                    return isReady();
                });
        return this;
    }

    private boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI base() {
        return base;
    }

    /** As a power cut would. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
