package org.rtda.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds free ports of the loopback address. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /**
     * The wanted port, or a free one for 0.
     *
     * @throws StackFailure when another program has it
     */
    static int claim(String what, int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            // as the servers themselves do: a port whose last connections are still closing is free
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StackFailure(
                    "port " + wanted + " for the " + what + " cannot be used, another program may have it: "
                            + e.getMessage(),
                    e);
        }
    }
}
