package org.rtda.cli.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the body of an HTTP answer with a limit on the wait for the next bytes. The HTTP client's own limit ends with the
 * headers.
 */
final class ReadTimeoutInput implements AutoCloseable {
    private final InputStream body;
    private final Duration limit;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "download");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limit of the wait for the next bytes */
    ReadTimeoutInput(InputStream body, Duration limit) {
        this.body = body;
        this.limit = limit;
    }

    /**
     * As {@link InputStream#read(byte[])}.
     *
     * @throws IOException when it cannot be read, or nothing comes within the limit
     */
    int read(byte[] chunk) throws IOException, InterruptedException {
        Future<Integer> read = reader.submit(() -> body.read(chunk));
        try {
            return read.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            read.cancel(true);
            throw new IOException("the server has sent nothing for " + inWords(limit), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("the body cannot be read: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static String inWords(Duration limit) {
        return limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    /** Ends the reading; the body is its owner's. */
    @Override
    public void close() {
        reader.shutdownNow();
    }
}
