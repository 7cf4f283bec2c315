package org.rtda.cli.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that asks who comes and then opens no way: what is told to it is what a test looks at. */
final class TunnelProxy implements AutoCloseable {
    private final ServerSocket door;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    TunnelProxy() throws IOException {
        door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread proxy = new Thread(this::serve, "proxy");
        proxy.setDaemon(true);
        proxy.start();
    }

    int port() {
        return door.getLocalPort();
    }

    /** Method, target and login of each request; {@code none} where there is no login. */
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket caller = door.accept()) {
                answer(caller);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void answer(Socket caller) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1));
        String[] request = lines.readLine().split(" ");
        String login = "none";
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("proxy-authorization: ")) {
                login = line.substring(21);
            }
        }
        requests.add(request[0] + " " + request[1] + " " + login);
        String answer = login.equals("none")
                ? "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"the way out\"\r\n"
                : "HTTP/1.1 502 Bad Gateway\r\n";
        caller.getOutputStream()
                .write((answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        caller.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
