package org.rtda.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.rtda.contracts.EventCodec;
import org.rtda.store.MinioSettings;

/**
 * A real Kafka broker and S3 store for tests: the process of {@code infra/local-stack}, on free ports of the loopback
 * address, with a data folder and secrets of its own.
 *
 * <p>With {@code RTDA_TEST_BOOTSTRAP}, {@code RTDA_TEST_S3_ENDPOINT}, {@code RTDA_TEST_S3_ACCESS_KEY} and
 * {@code RTDA_TEST_S3_SECRET_KEY} in the environment, the shared stack is the one they name (a real MinIO, for example)
 * and nothing is started.
 */
public final class LocalStack implements AutoCloseable {
    private static final String SHARED = "rtda.test.stack.";
    private static final String BOOTSTRAP = "RTDA_TEST_BOOTSTRAP";

    private final String bootstrapServers;
    private final String s3Endpoint;
    private final String accessKey;
    private final String secretKey;
    private final Optional<SecuredListener> secured;
    private final Optional<Process> process;

    private LocalStack(
            String bootstrapServers,
            String s3Endpoint,
            String accessKey,
            String secretKey,
            Optional<SecuredListener> secured,
            Optional<Process> process) {
        this.secured = secured;
        this.bootstrapServers = bootstrapServers;
        this.s3Endpoint = s3Endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.process = process;
    }

    /**
     * The one stack of this JVM, started by the first call (4 s) and stopped when the JVM ends; {@link #close} leaves it
     * running. Tests that share it keep apart by buckets and experiment ids of their own.
     */
    public static LocalStack shared() {
        // Quarkus loads test classes anew in loaders of its own: system properties are the JVM's one static field
        Properties jvm = System.getProperties();
        synchronized (jvm) {
            if (jvm.getProperty(SHARED + "bootstrap") == null) {
                LocalStack stack = System.getenv(BOOTSTRAP) == null ? start() : fromEnvironment();
                jvm.setProperty(SHARED + "bootstrap", stack.bootstrapServers);
                jvm.setProperty(SHARED + "endpoint", stack.s3Endpoint);
                jvm.setProperty(SHARED + "access-key", stack.accessKey);
                jvm.setProperty(SHARED + "secret-key", stack.secretKey);
            }
            return new LocalStack(
                    jvm.getProperty(SHARED + "bootstrap"),
                    jvm.getProperty(SHARED + "endpoint"),
                    jvm.getProperty(SHARED + "access-key"),
                    jvm.getProperty(SHARED + "secret-key"),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** A stack of one's own, for tests that break it; {@link #close} stops it. It ends with this JVM at the latest. */
    public static LocalStack start() {
        return start(false, Map.of());
    }

    /** As {@link #start}. @param kafkaSettings of the broker, by name, each in place of the local stack's own */
    public static LocalStack start(Map<String, String> kafkaSettings) {
        return start(false, kafkaSettings);
    }

    /**
     * As {@link #start}, and the broker has a {@linkplain #secured listener more} that asks its clients who they are and lets them do only
     * what access rules allow. Whoever comes through {@link #bootstrapServers} may do everything, and makes users and rules.
     */
    public static LocalStack startSecured() {
        return start(true, Map.of());
    }

    private static LocalStack start(boolean secured, Map<String, String> kafkaSettings) {
        String accessKey = "test-" + UUID.randomUUID().toString().substring(0, 8);
        String secretKey = UUID.randomUUID().toString();
        try {
            Path folder = Files.createTempDirectory("rtda-test-stack");
            Path errors = folder.resolve("stderr.log");
            TestCertificate certificate = secured ? TestCertificate.make(folder.resolve("certificate")) : null;
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath() + "/*",
                    "org.rtda.stack.LocalStackMain",
                    "--data",
                    folder.toString(),
                    "--delete-data",
                    "--exit-with-parent",
                    Long.toString(ProcessHandle.current().pid())));
            if (secured) {
                command.addAll(
                        List.of("--kafka-keystore", certificate.keystore().toString()));
            }
            kafkaSettings.forEach((name, value) -> command.addAll(List.of("--kafka-setting", name + "=" + value)));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(Map.of("RTDA_S3_ACCESS_KEY", accessKey, "RTDA_S3_SECRET_KEY", secretKey));
            if (secured) {
                builder.environment().put("RTDA_KEYSTORE_PASSWORD", TestCertificate.PASSWORD);
            }
            Process process = builder.start();
            String ready = process.inputReader().readLine();
            if (ready == null) {
                throw new IllegalStateException("the local stack did not start: "
                        + Files.readString(errors).strip());
            }
            JsonNode addresses = EventCodec.mapper().readTree(ready);
            return new LocalStack(
                    addresses.get("bootstrapServers").asText(),
                    addresses.get("s3Endpoint").asText(),
                    accessKey,
                    secretKey,
                    secured
                            ? Optional.of(
                                    new SecuredListener(addresses.get("secured").asText(), certificate.trusted()))
                            : Optional.empty(),
                    Optional.of(process));
        } catch (IOException e) {
            throw new UncheckedIOException("the local stack could not be started", e);
        }
    }

    /** The store's settings for a bucket. */
    public MinioSettings settings(String bucket) {
        return new MinioSettings(s3Endpoint, bucket, accessKey, secretKey, null);
    }

    /** HOST:PORT of the broker. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Of a stack that was {@linkplain #startSecured started so}. */
    public SecuredListener secured() {
        return secured.orElseThrow(() -> new IllegalStateException("this stack was not started by startSecured()"));
    }

    /** {@code http://HOST:PORT} of the store. */
    public String s3Endpoint() {
        return s3Endpoint;
    }

    public String accessKey() {
        return accessKey;
    }

    public String secretKey() {
        return secretKey;
    }

    /** Stops the processes at once, as a power cut would. Only for a stack of one's own. */
    public void kill() {
        process.orElseThrow(() -> new IllegalStateException("the shared stack is not one test's to kill"))
                .destroyForcibly()
                .onExit()
                .join();
    }

    @Override
    public void close() {
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        try {
            if (!process.get().waitFor(30, TimeUnit.SECONDS)) {
                process.get().destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.get().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static LocalStack fromEnvironment() {
        return new LocalStack(
                System.getenv(BOOTSTRAP),
                environment("RTDA_TEST_S3_ENDPOINT"),
                environment("RTDA_TEST_S3_ACCESS_KEY"),
                environment("RTDA_TEST_S3_SECRET_KEY"),
                Optional.empty(),
                Optional.empty());
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(BOOTSTRAP + " is set, so " + name + " must be, too");
        }
        return value;
    }

    private static Path classPath() {
        String root = System.getProperty("rtda.root");
        if (root == null) {
            throw new IllegalStateException("the system property rtda.root must name the project's folder");
        }
        Path folder = Path.of(root, "infra", "local-stack", "target", "local-stack");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder + " is missing; build it first: mvn package -DskipTests -pl infra/local-stack, in " + root);
        }
        return folder;
    }
}
