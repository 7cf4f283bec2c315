package org.rtda.store.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Creates sockets that send data at once (TCP_NODELAY). With the usual ones the end of an upload waits until its
 * beginning is acknowledged, which a store that has nothing to say yet delays by 40 ms.
 */
final class UndelayedSockets extends SocketFactory {
    @Override
    public Socket createSocket() throws SocketException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return undelayed(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return undelayed(new Socket(host, port, local, localPort));
    }

    private static Socket undelayed(Socket socket) throws SocketException {
        socket.setTcpNoDelay(true);
        return socket;
    }
}
