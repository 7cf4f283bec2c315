package org.rtda.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class UndelayedSocketsTest {
    private final SocketFactory sockets = new UndelayedSockets();

    /** The way the store's client goes: it connects the socket itself. */
    @Test
    void aSocketConnectedLaterDoesNotWaitForAcknowledgements() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket socket = sockets.createSocket()) {
            socket.connect(server.getLocalSocketAddress());

            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }

    @Test
    void norDoesOneThatIsMadeConnected() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 4, loopback);
                Socket byName = sockets.createSocket(loopback.getHostAddress(), server.getLocalPort());
                Socket byAddress = sockets.createSocket(loopback, server.getLocalPort());
                Socket byNameFrom =
                        sockets.createSocket(loopback.getHostAddress(), server.getLocalPort(), loopback, 0);
                Socket byAddressFrom = sockets.createSocket(loopback, server.getLocalPort(), loopback, 0)) {
            assertThat(new Socket[] {byName, byAddress, byNameFrom, byAddressFrom})
                    .allMatch(UndelayedSocketsTest::undelayed);
        }
    }

    @Test
    void bytesGoThroughWholeAndInOrderWhenTheyAreFlushed() throws IOException {
        byte[] sent = new byte[300_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 >> 8);
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = sockets.createSocket(server.getInetAddress(), server.getLocalPort());
                Socket echo = server.accept()) {
            Thread back = new Thread(() -> {
                try {
                    echo.getInputStream().transferTo(echo.getOutputStream());
                    echo.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            back.start();
            Thread writer = new Thread(() -> {
                try {
                    for (int at = 0; at < sent.length; at += 8_000) {
                        socket.getOutputStream().write(sent, at, Math.min(8_000, sent.length - at));
                    }
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            byte[] received = new byte[sent.length];
            // piece by piece, each time by the socket's stream
            for (int at = 0; at < received.length; at += 7_500) {
                int wanted = Math.min(7_500, received.length - at);
                assertThat(socket.getInputStream().readNBytes(received, at, wanted))
                        .isEqualTo(wanted);
            }
            assertThat(received).isEqualTo(sent);
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    private static boolean undelayed(Socket socket) {
        try {
            return socket.getTcpNoDelay();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
