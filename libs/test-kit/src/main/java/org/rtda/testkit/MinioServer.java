package org.rtda.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.rtda.store.MinioSettings;

/** A MinIO server with TLS, as a process on the loopback address. */
public final class MinioServer implements AutoCloseable {
    private static final String ROOT = "administrator";
    private static final String ROOT_PASSWORD = "of-the-administrator";

    private final Process process;
    private final int port;
    private final TestCertificate certificate;

    private MinioServer(Process process, int port, TestCertificate certificate) {
        this.process = process;
        this.port = port;
        this.certificate = certificate;
    }

    /**
     * Starts it without waiting.
     *
     * @param program MinIO's
     * @param folder for its data, certificate and log
     */
    public static MinioServer start(Path program, Path folder) {
        try {
            TestCertificate certificate = TestCertificate.make(folder.resolve("certificate"));
            Path certificates = certificate.writeKey().getParent();
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            program.toString(),
                            "server",
                            Files.createDirectory(folder.resolve("data")).toString(),
                            "--address",
                            "127.0.0.1:" + port,
                            "--certs-dir",
                            certificates.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("minio.log").toFile());
            builder.environment()
                    .putAll(Map.of(
                            "MINIO_ROOT_USER",
                            ROOT,
                            "MINIO_ROOT_PASSWORD",
                            ROOT_PASSWORD,
                            "MINIO_BROWSER",
                            "off",
                            "MINIO_UPDATE",
                            "off"));
            return new MinioServer(builder.start(), port, certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Who may do everything. */
    public MinioSettings administrator() {
        return settings(ROOT, ROOT_PASSWORD, "rtda");
    }

    /** Of an account; the server's certificate is trusted. */
    public MinioSettings settings(String accessKey, String secretKey, String bucket) {
        return new MinioSettings(endpoint(), bucket, accessKey, secretKey, null, certificate.trusted());
    }

    /** {@code https://HOST:PORT}. */
    public String endpoint() {
        return "https://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
