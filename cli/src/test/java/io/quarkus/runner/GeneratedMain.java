package io.quarkus.runner;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands for the main class of a packaged service: ready at once, or ends at once when a file {@code fail-MODULE} lies in its folder. */
public final class GeneratedMain {
    private GeneratedMain() {}

    public static void main(String[] arguments) throws IOException {
        String module = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0])
                .getParent()
                .getParent()
                .getParent()
                .getParent()
                .getFileName()
                .toString();
        if (Files.exists(Path.of("fail-" + module))) {
            System.out.println("INFO starting " + module);
            System.out.println("ERROR the store does not answer");
            System.exit(3);
        }
        if (System.getenv("RTDA_STORE_SECRET_KEY").isEmpty()
                || !System.getenv("RTDA_STORE_ENDPOINT").startsWith("http://127.0.0.1:")) {
            System.exit(4);
        }
        String[] broker = System.getenv("KAFKA_BOOTSTRAP_SERVERS").split(":");
        new Socket(broker[0], Integer.parseInt(broker[1])).close();
        String management = System.getenv("QUARKUS_MANAGEMENT_PORT");
        if (management == null) {
            server("QUARKUS_HTTP_PORT", 200);
        } else {
            server("QUARKUS_HTTP_PORT", 404);
            server("QUARKUS_MANAGEMENT_PORT", 200);
        }
    }

    private static void server(String port, int health) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv(port))), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(health, -1);
            exchange.close();
        });
        server.start();
    }
}
