package org.rtda.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.rtda.cli.terminal.CommandFailure;

/** Chooses free ports of the loopback address, none twice. */
final class LocalPorts {
    private static final String LOOPBACK = "127.0.0.1";

    private final Set<Integer> given = new HashSet<>();

    int free() {
        for (int attempt = 0; attempt < 100; attempt++) {
            Optional<Integer> port = bound(0);
            if (port.isPresent() && given.add(port.get())) {
                return port.get();
            }
        }
        throw new CommandFailure("this machine has no free port on the loopback address");
    }

    /** The wanted port when nothing listens there, else a free one. */
    int preferring(int wanted) {
        return wanted > 0 && bound(wanted).isPresent() && given.add(wanted) ? wanted : free();
    }

    /** @throws CommandFailure when something listens there */
    int exactly(int wanted, String option) {
        if (bound(wanted).isEmpty() || !given.add(wanted)) {
            throw new CommandFailure("port " + wanted + " is taken by another program; choose another with " + option);
        }
        return wanted;
    }

    /** Whether a program listens at the port. */
    static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getByName(LOOPBACK), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            // refused: the answer
            return false;
        }
    }

    private static Optional<Integer> bound(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            // taken: the answer
            return Optional.empty();
        }
    }
}
