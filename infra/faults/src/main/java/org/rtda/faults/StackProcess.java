package org.rtda.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.rtda.contracts.EventCodec;
import org.rtda.faults.proxy.Link;

/** Broker and store in a process that can be killed and started again: same data, same addresses. */
final class StackProcess implements AutoCloseable {
    private final Path root;
    private final Path folder;
    private final List<Link> links;
    private final Limits limits;
    private final String accessKey = "faults";
    private final String secretKey = UUID.randomUUID().toString();
    private Process process;
    private JsonNode ready;

    /**
     * Starts it and leads the links to it.
     *
     * @param root of the built project
     * @param folder for its data and its log
     */
    StackProcess(Path root, Path folder, List<Link> links, Limits limits) {
        this.root = root;
        this.folder = folder;
        this.links = links;
        this.limits = limits;
        start();
    }

    /** Where this process, other than the services, finds the broker, whatever the links do. */
    String bootstrapServers() {
        return ready.get("bootstrapServers").asText();
    }

    /** Likewise the store. */
    String s3Endpoint() {
        return ready.get("s3Endpoint").asText();
    }

    String accessKey() {
        return accessKey;
    }

    String secretKey() {
        return secretKey;
    }

    /** As a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** After {@link #kill}. */
    void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                root.resolve("infra/local-stack/target/local-stack") + "/*",
                "org.rtda.stack.LocalStackMain",
                "--data",
                folder.resolve("stack").toString(),
                "--kafka-setting",
                "server.max.startup.time.ms=" + limits.patience().toMillis(),
                "--exit-with-parent",
                Long.toString(ProcessHandle.current().pid())));
        for (Link link : links) {
            command.addAll(
                    List.of("--kafka-proxy-port", Integer.toString(link.broker().port())));
        }
        if (ready != null) {
            command.addAll(List.of(
                    "--kafka-port",
                    bootstrapServers().split(":")[1],
                    "--s3-port",
                    Integer.toString(URI.create(s3Endpoint()).getPort())));
        }
        Path log = folder.resolve("stack.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("RTDA_S3_ACCESS_KEY", accessKey);
        builder.environment().put("RTDA_S3_SECRET_KEY", secretKey);
        try {
            process = builder.start();
            String line = process.inputReader().readLine();
            if (line == null) {
                throw new IllegalStateException("broker and store did not start: "
                        + Files.readString(log).strip());
            }
            ready = EventCodec.mapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("broker and store could not be started", e);
        }
        for (int i = 0; i < links.size(); i++) {
            String behind = ready.get("proxied").get(i).asText();
            links.get(i).broker().leadTo(Integer.parseInt(behind.split(":")[1]));
            links.get(i).store().leadTo(URI.create(s3Endpoint()).getPort());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
