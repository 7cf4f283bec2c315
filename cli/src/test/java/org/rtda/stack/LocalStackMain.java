package org.rtda.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Stands for the broker and the store: says that it is ready, and waits. */
public final class LocalStackMain {
    private LocalStackMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        Path ready = Path.of(options.get(options.indexOf("--ready-file") + 1));
        Files.createDirectories(Path.of(options.get(options.indexOf("--data") + 1)));
        Path part = ready.resolveSibling("ready.part");
        Files.writeString(part, "{\"bootstrapServers\":\"127.0.0.1:1\",\"s3Endpoint\":\"http://127.0.0.1:2\"}");
        Files.move(part, ready);
        new CountDownLatch(1).await();
    }
}
