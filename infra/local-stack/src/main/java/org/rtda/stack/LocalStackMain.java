package org.rtda.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Exit;

/**
 * Starts broker and store, says so in one line of JSON ({@code bootstrapServers}, {@code s3Endpoint}, {@code pid}) on
 * standard output and, when asked, in a file ({@code proxied}, too, where there are proxies: the broker's addresses behind them), and runs until it is told to stop (SIGTERM, SIGINT, or the end of the
 * process named by {@code --exit-with-parent}). With {@code --kafka-keystore} the line has {@code secured}, too: the address that asks
 * clients who they are. Exits 1 with one plain line on standard error when it cannot start.
 */
public final class LocalStackMain {
    private LocalStackMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            ServerOptions options = ServerOptions.parse(arguments, System.getenv());
            options.parent().ifPresent(ParentWatch::start);
            run(options);
        } catch (StackFailure e) {
            System.err.println("local-stack: " + e.getMessage());
            System.exit(1);
        } catch (RuntimeException | LinkageError e) {
            System.err.println("local-stack: cannot start: " + e);
            e.printStackTrace();
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private static void run(ServerOptions options) {
        DataFolder data = DataFolder.open(options.data());
        sayWhyTheBrokerGivesUp(data);
        Shutdown shutdown = Shutdown.onExit(data, options.deleteData(), options.readyFile());
        int kafkaPort = Ports.claim("Kafka broker", options.kafkaPort());
        int s3Port = Ports.claim("S3 store", options.s3Port());
        // neither needs the other
        CompletableFuture<ObjectStore> starting = CompletableFuture.supplyAsync(() -> shutdown.stopLast(
                ObjectStore.start(data.subfolder("s3"), s3Port, options.accessKey(), options.secretKey())));
        KafkaBroker broker = shutdown.stopFirst(KafkaBroker.start(
                data.subfolder("kafka"),
                kafkaPort,
                Ports.claim("Kafka controller", 0),
                proxied(options),
                options.kafkaKeystore()
                        .map(keystore -> new KafkaBroker.Secured(
                                Ports.claim("Kafka listener", 0), keystore, options.keystorePassword())),
                options.kafkaSettings()));
        ObjectStore store = started(starting);
        String ready = "{\"bootstrapServers\":\"" + broker.bootstrapServers() + "\",\"s3Endpoint\":\""
                + store.endpoint() + "\",\"pid\":" + ProcessHandle.current().pid()
                + broker.secured()
                        .map(address -> ",\"secured\":\"" + address + "\"")
                        .orElse("") + proxiedAsJson(broker) + "}";
        options.readyFile().ifPresent(file -> write(file, ready));
        System.out.println(ready);
    }

    private static List<KafkaBroker.Proxied> proxied(ServerOptions options) {
        return options.kafkaProxyPorts().stream()
                .map(advertised -> new KafkaBroker.Proxied(Ports.claim("Kafka listener", 0), advertised))
                .toList();
    }

    private static String proxiedAsJson(KafkaBroker broker) {
        return broker.proxied().isEmpty()
                ? ""
                : broker.proxied().stream().collect(Collectors.joining("\",\"", ",\"proxied\":[\"", "\"]"));
    }

    private static ObjectStore started(CompletableFuture<ObjectStore> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackFailure failure
                    ? failure
                    : new StackFailure("the S3 store cannot start: " + e.getCause(), e.getCause());
        }
    }

    /** Kafka ends its process by itself when its log folder fails, a full disk for one. */
    private static void sayWhyTheBrokerGivesUp(DataFolder data) {
        PrintStream out = System.err;
        Exit.Procedure procedure = (status, message) -> {
            out.println("local-stack: the Kafka broker gave up" + (message == null ? "" : ": " + message) + " ("
                    + (data.freeBytes() >> 20) + " MiB free under " + data + ")");
            Runtime.getRuntime().halt(status == 0 ? 1 : status);
        };
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    private static void write(Path file, String ready) {
        try {
            Path half = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(half, ready + "\n");
            try {
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StackFailure("the ready file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
