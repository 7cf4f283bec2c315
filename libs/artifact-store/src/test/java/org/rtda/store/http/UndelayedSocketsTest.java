package org.rtda.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    private static boolean undelayed(Socket socket) {
        try {
            return socket.getTcpNoDelay();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
