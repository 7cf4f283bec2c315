package org.rtda.faults.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between clients and a server of this machine, forwards, and can break what is between them. Everything is on the
 * loopback address. Safe for use by several threads.
 */
public final class TcpProxy implements AutoCloseable {
    private enum State {
        OPEN,
        /** Connections end at once, as where the machine behind is off. */
        CUT,
        /** Connections stay and nothing comes through, as where a network has fallen apart. */
        SILENT,
        CLOSED
    }

    private final ServerSocket entrance;
    private final Passage passage;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private State state = State.OPEN;
    private int serverPort;

    /** Listens on a free port; {@link #leadTo} must be called before a client comes. */
    TcpProxy(Passage passage) {
        this.passage = passage;
        try {
            entrance = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
        daemon("proxy-" + port(), this::accept);
    }

    /** Where it listens. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Where the server listens, for connections from now on. */
    public synchronized void leadTo(int port) {
        serverPort = port;
    }

    /** Ends all connections, and each new one at once. */
    public void cut() {
        change(State.CUT);
        endConnections();
    }

    /** Lets nothing through in either direction; what was said meanwhile arrives later. */
    public void silence() {
        change(State.SILENT);
    }

    /** Forwards again. */
    public void restore() {
        change(State.OPEN);
    }

    @Override
    public void close() {
        change(State.CLOSED);
        quietly(entrance);
        endConnections();
    }

    private synchronized void change(State wanted) {
        state = wanted;
        notifyAll();
    }

    private synchronized State state() {
        return state;
    }

    private synchronized int serverPort() {
        return serverPort;
    }

    private void accept() {
        while (state() != State.CLOSED) {
            try {
                Socket client = entrance.accept();
                if (state() == State.CUT) {
                    quietly(client);
                } else {
                    daemon("proxy-" + port() + "-connection", () -> connect(client));
                }
            } catch (IOException e) {
                if (state() == State.CLOSED) {
                    return;
                }
                // the client gave up before it was let in
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        sockets.add(client);
        sockets.add(server);
        try {
            awaitNotSilent();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort()));
            if (state() == State.CUT || state() == State.CLOSED) {
                // it was cut while this connection was made
                return;
            }
            OutputStream toClient = new Gated(client.getOutputStream());
            daemon("proxy-" + port() + "-answers", () -> answer(server, client, toClient));
            passage.pass(client.getInputStream(), new Gated(server.getOutputStream()), toClient);
        } catch (IOException e) {
            // either side went away: the other is told below
            return;
        } finally {
            end(client, server);
        }
    }

    private void answer(Socket server, Socket client, OutputStream toClient) {
        try (InputStream fromServer = server.getInputStream()) {
            fromServer.transferTo(toClient);
        } catch (IOException e) {
            // as above
            return;
        } finally {
            end(client, server);
        }
    }

    private void end(Socket client, Socket server) {
        quietly(client);
        quietly(server);
        sockets.remove(client);
        sockets.remove(server);
    }

    private void endConnections() {
        sockets.forEach(TcpProxy::quietly);
    }

    private synchronized void awaitNotSilent() throws IOException {
        try {
            while (state == State.SILENT) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable unwanted) {
        try {
            unwanted.close();
        } catch (Exception e) {
            // it is of no use any more, closed or not
            return;
        }
    }

    /** Waits with every write while the proxy is silent. */
    private final class Gated extends OutputStream {
        private final OutputStream out;

        Gated(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            awaitNotSilent();
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
