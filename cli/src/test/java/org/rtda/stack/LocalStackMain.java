package org.rtda.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Stands for the broker and the store: listens where it is told to, says that it is ready, and waits. */
public final class LocalStackMain {
    private LocalStackMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = List.of(arguments);
        Path ready = Path.of(options.get(options.indexOf("--ready-file") + 1));
        int port = Integer.parseInt(options.get(options.indexOf("--kafka-port") + 1));
        Files.createDirectories(Path.of(options.get(options.indexOf("--data") + 1)));
        ServerSocket broker = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        Files.writeString(ready, broker.toString());
        new CountDownLatch(1).await();
    }
}
