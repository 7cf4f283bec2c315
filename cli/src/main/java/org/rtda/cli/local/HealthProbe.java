package org.rtda.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;

/**
 * Asks a service whether it is ready. With the JDK's old client, since its new one sets up threads and TLS first: a second of
 * one core while all services start.
 */
public final class HealthProbe {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 5_000;

    /** A process without a port, the local stack, counts as ready when it runs; {@code up} waits for its own word. */
    public boolean isReady(ServiceProcess process) {
        return process.isRunning() && (process.watchedPort() == 0 || answers(process.watchedPort()));
    }

    private boolean answers(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url(port).openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            // does not listen yet, or does not answer in time: not ready, which is the answer
            return false;
        }
    }

    private static URL url(int port) {
        try {
            return new URL("http", "127.0.0.1", port, "/q/health/ready");
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
