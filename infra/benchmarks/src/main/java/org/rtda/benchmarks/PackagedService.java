package org.rtda.benchmarks;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rtda.testkit.LocalStack;

/** One service as its users run it: the packaged application in a process of its own. */
public final class PackagedService implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int HEAP_MEGABYTES = 384;
    private static final Set<PackagedService> OPEN = ConcurrentHashMap.newKeySet();

    private final String service;
    private final Process process;
    private final Path log;
    private final URI base;
    private final URI management;

    private PackagedService(String service, Process process, Path log, URI base, URI management) {
        this.service = service;
        this.process = process;
        this.log = log;
        this.base = base;
        this.management = management;
    }

    /**
     * Where services find the broker and the store, and what they share.
     *
     * @param root of the built project
     * @param nativeThreads of PyTorch in each service
     * @param logs folder for one file an instance
     */
    public record BackingServices(
            Path root,
            String bootstrapServers,
            String s3Endpoint,
            String accessKey,
            String secretKey,
            String bucket,
            int nativeThreads,
            Path logs) {

        /** On a stack, with one native thread a service; the system property {@code rtda.root} names the project's folder. */
        public static BackingServices of(LocalStack stack, String bucket, Path logs) {
            return new BackingServices(
                    Path.of(System.getProperty("rtda.root")),
                    stack.bootstrapServers(),
                    stack.s3Endpoint(),
                    stack.accessKey(),
                    stack.secretKey(),
                    bucket,
                    1,
                    logs);
        }
    }

    /** Starts it without waiting; {@link #awaitReady} does. */
    public static PackagedService start(String service, String instance, BackingServices backing) {
        return start(service, instance, backing, Map.of());
    }

    /**
     * As above.
     *
     * @param environment more variables
     */
    public static PackagedService start(
            String service, String instance, BackingServices backing, Map<String, String> environment) {
        return start(service, instance, backing, environment, List.of());
    }

    /**
     * As above.
     *
     * @param launcher a command that runs the rest of its command line in its own place, such as {@code prlimit --data=N}
     */
    public static PackagedService start(
            String service,
            String instance,
            BackingServices backing,
            Map<String, String> environment,
            List<String> launcher) {
        return start(service, instance, backing, environment, launcher, HEAP_MEGABYTES);
    }

    /**
     * As above.
     *
     * @param heapMegabytes most of the Java heap
     */
    public static PackagedService start(
            String service,
            String instance,
            BackingServices backing,
            Map<String, String> environment,
            List<String> launcher,
            int heapMegabytes) {
        boolean isGateway = service.equals("gateway");
        int port = freePort();
        int managementPort = isGateway ? freePort() : port;
        Path log = backing.logs().resolve(instance + ".log");
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-Dai.djl.pytorch.num_threads=" + backing.nativeThreads(),
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-jar",
                backing.root()
                        .resolve(service)
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        backing.bootstrapServers(),
                        "RTDA_STORE_ENDPOINT",
                        backing.s3Endpoint(),
                        "RTDA_STORE_ACCESS_KEY",
                        backing.accessKey(),
                        "RTDA_STORE_SECRET_KEY",
                        backing.secretKey(),
                        "RTDA_STORE_BUCKET",
                        backing.bucket(),
                        "RTDA_INSTANCE",
                        instance,
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "OMP_WAIT_POLICY",
                        "PASSIVE"));
        // as the services are deployed
        builder.environment()
                .putAll(Map.of(
                        "MALLOC_ARENA_MAX", "1",
                        "MALLOC_TRIM_THRESHOLD_", "4294967296",
                        "MALLOC_TOP_PAD_", "67108864",
                        "MALLOC_MMAP_THRESHOLD_", "1073741824"));
        if (isGateway) {
            builder.environment().put("RTDA_DATABASE_URL", "jdbc:h2:mem:read-model;DB_CLOSE_DELAY=-1");
            builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        }
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            PackagedService started =
                    new PackagedService(service, builder.start(), log, local(port), local(managementPort));
            OPEN.add(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException when it ends, or is not ready within three minutes; with its log */
    public PackagedService awaitReady() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        try {
            while (!isReady()) {
                if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new IllegalStateException(service + " is not ready:\n" + Files.readString(log));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + service, e);
        }
        return this;
    }

    /** Memory it holds now, native memory included. */
    public long residentBytes() {
        return memory("VmRSS:");
    }

    /** The most memory that it has held, native memory included. */
    public long mostResidentBytes() {
        return memory("VmHWM:");
    }

    private long memory(String line) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            String kib = lines.filter(each -> each.startsWith(line)).findFirst().orElseThrow();
            return 1024 * Long.parseLong(kib.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time it has used so far, of all its threads. */
    public Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Whether it says that it can work. */
    public boolean isReady() {
        return isUp("/q/health/ready");
    }

    /** Whether it says that it need not be started again. */
    public boolean isLive() {
        return isUp("/q/health/live");
    }

    /** Whether the process is there, whatever it says. */
    public boolean isAlive() {
        return process.isAlive();
    }

    private boolean isUp(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(management.resolve(path))
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

    public URI base() {
        return base;
    }

    /** Where it answers {@code /q/health} and {@code /q/metrics}; a port of its own of the gateway, else {@link #base}. */
    public URI management() {
        return management;
    }

    /** Number of the process. */
    public long pid() {
        return process.pid();
    }

    /** The file that it writes what it has to say to. */
    public Path log() {
        return log;
    }

    /** As a power cut would. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        OPEN.remove(this);
        process.destroy();
        await();
    }

    /** The logs of all that were started in this JVM and not closed yet, killed ones among them, by their names. */
    public static List<Path> openLogs() {
        return OPEN.stream().map(PackagedService::log).sorted().toList();
    }

    private void await() {
        try {
            // it may have an archive of its classes to write
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
