package org.rtda.benchmarks.measuring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An array copied through two connections of the loopback address and nothing else: from its writer to a store that keeps it in
 * memory, and from there to its reader. What a payload path can reach at best. For one thread.
 */
public final class SocketCopy implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final byte[] written;
    private final byte[] kept;
    private final byte[] read;
    private final ServerSocket server;
    private final Socket toStore;
    private final Socket atStore;
    private final ExecutorService store = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "socket-copy-store");
        thread.setDaemon(true);
        return thread;
    });

    /** @param sizeBytes below 2 GiB */
    public SocketCopy(long sizeBytes) {
        this.written = new byte[Math.toIntExact(sizeBytes)];
        this.kept = new byte[written.length];
        this.read = new byte[written.length];
        try {
            this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            this.toStore = new Socket(server.getInetAddress(), server.getLocalPort());
            this.atStore = server.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once there and back. @return processor time of writer and reader, in milliseconds; the store's is not counted */
    public double copy() {
        long before = THREADS.getCurrentThreadCpuTime();
        try {
            Future<?> keeping = store.submit(() -> {
                fill(atStore.getInputStream(), kept);
                return null;
            });
            send(toStore.getOutputStream(), written);
            keeping.get();
            Future<?> giving = store.submit(() -> {
                send(atStore.getOutputStream(), kept);
                return null;
            });
            fill(toStore.getInputStream(), read);
            giving.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the copy ended early", e);
        }
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
    }

    /** What was read, for a test. */
    public byte[] read() {
        return read;
    }

    /** What is written, for a test to fill. */
    public byte[] written() {
        return written;
    }

    private static void send(OutputStream to, byte[] content) throws IOException {
        to.write(content);
        to.flush();
    }

    private static void fill(InputStream from, byte[] content) throws IOException {
        int had = from.readNBytes(content, 0, content.length);
        if (had < content.length) {
            throw new IOException("the connection ended after " + had + " of " + content.length + " bytes");
        }
    }

    @Override
    public void close() {
        store.shutdownNow();
        try (server;
                toStore;
                atStore) {
            // closing is all
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
