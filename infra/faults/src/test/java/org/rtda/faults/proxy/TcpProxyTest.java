package org.rtda.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, with a server that says everything back. */
class TcpProxyTest {
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::echo);
        thread.setDaemon(true);
        thread.start();
        proxy = proxy(Passage.BYTES);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void itForwardsInBothDirections() throws IOException {
        try (Socket client = client(proxy)) {
            assertThat(saidBack(client, "hello")).isEqualTo("hello");
            assertThat(saidBack(client, "again")).isEqualTo("again");
        }
    }

    @Test
    void cutItEndsConnectionsAndNewOnesUntilItIsRestored() throws IOException {
        try (Socket before = client(proxy);
                Socket meanwhile = client(proxy)) {
            assertThat(saidBack(before, "hello")).isEqualTo("hello");
            assertThat(saidBack(meanwhile, "hello")).isEqualTo("hello");
            proxy.cut();
            assertThat(isEnded(before)).isTrue();
            try (Socket late = client(proxy)) {
                assertThat(isEnded(late)).isTrue();
            }
            proxy.restore();
            assertThat(isEnded(meanwhile)).as("what was cut stays cut").isTrue();
            try (Socket after = client(proxy)) {
                assertThat(saidBack(after, "hello")).isEqualTo("hello");
            }
        }
    }

    @Test
    void silentItKeepsConnectionsAndWhatIsSaidArrivesLater() throws IOException {
        try (Socket client = client(proxy)) {
            assertThat(saidBack(client, "hello")).isEqualTo("hello");
            proxy.silence();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> saidBack(client, "later")).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(10_000);
            proxy.restore();
            assertThat(read(client, 5)).isEqualTo("later");
        }
    }

    /** The server says a request back, so the answer to a call that comes through begins with the call. */
    @Test
    void oneCallInThreeIsAnsweredInTheStoresPlace() throws IOException {
        HttpPassage passage = new HttpPassage();
        try (TcpProxy calls = proxy(passage)) {
            passage.interfere(Interference.errors(3));
            assertThat(answers(calls, 4))
                    .containsExactly(
                            "HTTP/1.1 500 Refused", "PUT /a HTTP/1.1", "PUT /a HTTP/1.1", "HTTP/1.1 500 Refused");
        }
    }

    @Test
    void aRefusedCallsBodyIsReadBeforeItsAnswer() throws IOException {
        HttpPassage passage = new HttpPassage();
        passage.interfere(Interference.fullDisk());
        try (TcpProxy calls = proxy(passage);
                Socket client = client(calls)) {
            client.getOutputStream().write(call("PUT", "x".repeat(3_000_000)));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 507 ").contains("<Code>XMinioStorageFull</Code>");
        }
    }

    @Test
    void aFullDiskStillReads() {
        assertThat(Interference.fullDisk().answerTo("GET")).isEmpty();
        assertThat(Interference.fullDisk().answerTo("DELETE")).isEmpty();
        assertThat(Interference.fullDisk().answerTo("PUT")).isPresent();
    }

    /** Two calls, one after the other on one connection: the second has no body, the first has one of five bytes. */
    @Test
    void callsOfOneConnectionAreToldApart() throws IOException {
        HttpPassage passage = new HttpPassage();
        List<String> methods = new java.util.concurrent.CopyOnWriteArrayList<>();
        passage.interfere(method -> {
            methods.add(method);
            return Optional.empty();
        });
        try (TcpProxy calls = proxy(passage);
                Socket client = client(calls)) {
            byte[] put = call("PUT", "GET /");
            byte[] delete = call("DELETE", "");
            client.getOutputStream().write(put);
            client.getOutputStream().write(delete);
            read(client, put.length + delete.length);
            assertThat(methods).containsExactly("PUT", "DELETE");
        }
    }

    private TcpProxy proxy(Passage passage) {
        TcpProxy made = new TcpProxy(passage);
        made.leadTo(server.getLocalPort());
        return made;
    }

    private static List<String> answers(TcpProxy calls, int count) throws IOException {
        List<String> answers = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (Socket client = client(calls)) {
                client.getOutputStream().write(call("PUT", "hello"));
                answers.add(read(client, 15 + 5).lines().findFirst().orElseThrow());
            }
        }
        return answers;
    }

    private static byte[] call(String method, String body) {
        return (method + " /a HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket client(TcpProxy to) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), to.port());
        client.setSoTimeout(10_000);
        return client;
    }

    private static String saidBack(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return read(client, text.length());
    }

    private static String read(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static boolean isEnded(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException e) {
            // reset: ended, too
            return true;
        }
    }

    private void echo() {
        while (true) {
            try {
                Socket accepted = server.accept();
                Thread thread = new Thread(() -> sayBack(accepted));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // the test has ended
                return;
            }
        }
    }

    private static void sayBack(Socket accepted) {
        try (accepted;
                InputStream in = accepted.getInputStream()) {
            in.transferTo(accepted.getOutputStream());
        } catch (IOException e) {
            // the proxy has cut it: nothing is left to say
            return;
        }
    }
}
