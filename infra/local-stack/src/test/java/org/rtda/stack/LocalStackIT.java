package org.rtda.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.http.Method;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged process, started as the launcher and the tests of other modules start it. */
class LocalStackIT {
    private static final Path CLASS_PATH =
            Path.of(System.getProperty("rtda.root"), "infra/local-stack/target/local-stack");

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void objectsAndTopicsOutliveARestartOnOtherPorts() throws Exception {
        Process first = start("first", "--data", folder.resolve("data").toString());
        JsonNode ready = ready(first);
        MinioClient client = client(ready);
        client.makeBucket(MakeBucketArgs.builder().bucket("rtda").build());
        byte[] content = "an object".getBytes(StandardCharsets.UTF_8);
        client.putObject(PutObjectArgs.builder().bucket("rtda").object("a/b").stream(
                        new ByteArrayInputStream(content), content.length, -1)
                .build());
        try (Admin admin = admin(ready)) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get();
        }

        Process second = start("second", "--data", folder.resolve("data").toString());
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(errors("second"))
                .containsExactly("local-stack: the data folder " + folder.resolve("data")
                        + " is in use by another process (pid " + first.pid() + ")");

        first.destroy();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();

        Process parent = new ProcessBuilder("sleep", "600").start();
        started.add(parent);
        Process third = start(
                "third",
                "--data",
                folder.resolve("data").toString(),
                "--exit-with-parent",
                Long.toString(parent.pid()),
                "--delete-data");
        JsonNode again = ready(third);
        assertThat(client(again)
                        .getObject(GetObjectArgs.builder()
                                .bucket("rtda")
                                .object("a/b")
                                .build())
                        .readAllBytes())
                .isEqualTo(content);
        try (Admin admin = admin(again)) {
            assertThat(admin.listTopics().names().get()).containsExactly("kept");
        }

        parent.destroyForcibly();
        assertThat(third.waitFor(30, TimeUnit.SECONDS))
                .as("ends when its parent has ended")
                .isTrue();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void writesRemovalsAndListingsOfOneFolderDoNotDisturbEachOther() throws Exception {
        JsonNode ready = ready(start("busy", "--data", folder.resolve("data").toString()));
        client(ready).makeBucket(MakeBucketArgs.builder().bucket("rtda").build());
        List<Callable<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String key = "folder/of-all/writer-" + writer;
            writers.add(() -> {
                MinioClient client = client(ready);
                for (int i = 0; i < 150; i++) {
                    client.putObject(PutObjectArgs.builder().bucket("rtda").object(key).stream(
                                    new ByteArrayInputStream(new byte[1000]), 1000, -1)
                            .build());
                    assertThat(keys(client)).contains(key);
                    client.removeObject(RemoveObjectArgs.builder()
                            .bucket("rtda")
                            .object(key)
                            .build());
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(keys(client(ready))).isEmpty();
    }

    @Test
    void uploadsThatAreCutOffLeaveNothingBehind() throws Exception {
        Path data = folder.resolve("data");
        Process cut = start("cut", "--data", data.toString());
        JsonNode ready = ready(cut);
        client(ready).makeBucket(MakeBucketArgs.builder().bucket("rtda").build());
        client(ready)
                .putObject(PutObjectArgs.builder().bucket("rtda").object("folder/whole").stream(
                                new ByteArrayInputStream(new byte[1_000]), 1_000, -1)
                        .build());
        cutUpload(client(ready), "folder/one", data.resolve("s3/rtda/folder"));
        assertThat(keys(client(ready))).containsExactly("folder/whole");

        cut.destroyForcibly();
        assertThat(cut.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // as a store leaves it that is killed while it writes
        Files.write(data.resolve("s3/rtda/folder/three-0b4e1e9e-0000-4000-8000-00000000000a"), new byte[10]);
        assertThat(keys(client(ready(start("again", "--data", data.toString())))))
                .containsExactly("folder/whole");
        assertThat(data.resolve("s3/rtda/folder/three-0b4e1e9e-0000-4000-8000-00000000000a"))
                .doesNotExist();
    }

    /** By a sender that dies when the store has begun to write. */
    private static void cutUpload(MinioClient client, String key, Path written) throws Exception {
        URI upload = URI.create(client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Method.PUT)
                .bucket("rtda")
                .object(key)
                .build()));
        try (WatchService watch = written.getFileSystem().newWatchService();
                Socket sender = new Socket(upload.getHost(), upload.getPort())) {
            written.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            String head = "PUT " + upload.getRawPath() + "?" + upload.getRawQuery() + " HTTP/1.1\r\nHost: "
                    + upload.getAuthority() + "\r\nContent-Length: 1000000\r\n\r\n";
            sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            sender.getOutputStream().write(new byte[600_000]);
            assertThat(watch.poll(30, TimeUnit.SECONDS)).as("the store writes").isNotNull();
            sender.setSoLinger(true, 0);
        }
    }

    private static List<String> keys(MinioClient client) throws Exception {
        List<String> keys = new ArrayList<>();
        for (Result<Item> found : client.listObjects(ListObjectsArgs.builder()
                .bucket("rtda")
                .prefix("folder/")
                .recursive(true)
                .build())) {
            keys.add(found.get().objectName());
        }
        return keys;
    }

    @Test
    void clientsOfAListenerBehindAProxyAreSentToTheProxy() throws Exception {
        JsonNode ready =
                ready(start("proxied", "--data", folder.resolve("data").toString(), "--kafka-proxy-port", "7001"));
        assertThat(ready.get("proxied")).hasSize(1);
        String behind = ready.get("proxied").get(0).asText();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = admin(ready)) {
            assertThat(admin.describeConfigs(List.of(broker))
                            .all()
                            .get()
                            .get(broker)
                            .get("advertised.listeners")
                            .value())
                    .isEqualTo("PLAINTEXT://" + ready.get("bootstrapServers").asText() + ",PROXIED0://127.0.0.1:7001");
            assertThat(behind).isNotEqualTo(ready.get("bootstrapServers").asText());
        }
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process process = start(
                    "taken",
                    "--data",
                    folder.resolve("data").toString(),
                    "--s3-port",
                    Integer.toString(taken.getLocalPort()));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(errors("taken"))
                    .singleElement()
                    .asString()
                    .startsWith("local-stack: port " + taken.getLocalPort() + " for the S3 store cannot be used");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Process process = start("unwritable", "--data", file.resolve("data").toString());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(errors("unwritable"))
                .singleElement()
                .asString()
                .startsWith("local-stack: the data folder " + file.resolve("data") + " cannot be written: ");
    }

    private Process start(String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                CLASS_PATH + "/*",
                "org.rtda.stack.LocalStackMain"));
        command.addAll(List.of(options));
        if (!command.contains("--exit-with-parent")) {
            command.addAll(List.of(
                    "--exit-with-parent", Long.toString(ProcessHandle.current().pid())));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().putAll(Map.of("RTDA_S3_ACCESS_KEY", "access", "RTDA_S3_SECRET_KEY", "a-secret"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static JsonNode ready(Process process) throws IOException {
        String line = process.inputReader().readLine();
        assertThat(line).as("ready line").isNotNull();
        JsonNode ready = new ObjectMapper().readTree(line);
        assertThat(ready.get("pid").asLong()).isEqualTo(process.pid());
        return ready;
    }

    private List<String> errors(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name + ".err"));
    }

    private static MinioClient client(JsonNode ready) {
        return MinioClient.builder()
                .endpoint(ready.get("s3Endpoint").asText())
                .credentials("access", "a-secret")
                .region("us-east-1")
                .build();
    }

    private static Admin admin(JsonNode ready) {
        return Admin.create(Map.of(
                "bootstrap.servers",
                ready.get("bootstrapServers").asText(),
                "request.timeout.ms",
                Long.toString(Duration.ofSeconds(10).toMillis())));
    }
}
