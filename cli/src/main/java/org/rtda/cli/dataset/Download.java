package org.rtda.cli.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.terminal.CommandFailure;

/**
 * Fetches a file and checks it. What came before a connection broke off is kept, and the next call goes on from there where the server
 * can; a file that is there already and whole is not fetched again.
 */
public final class Download {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(1);
    private static final int CHUNK = 1 << 16;
    private static final int PARTIAL = 206;
    private static final int PROXY_ASKS = 407;
    private static final String LOGIN_REFUSED =
            "the proxy does not take the user and the password of the environment (HTTPS_PROXY, HTTP_PROXY)";
    private static final String LOGIN_MISSING =
            "the proxy asks for a user and a password: HTTPS_PROXY or HTTP_PROXY must be http://USER:PASSWORD@HOST:PORT";
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Map<String, String> environment;
    private final Progress progress;
    private final Duration silenceLimit;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** @param total bytes; -1 where the server does not say */
        void done(long bytes, long total);
    }

    /** @param environment names the proxy, if there is one */
    public Download(Map<String, String> environment, Progress progress) {
        this(environment, progress, SILENCE_LIMIT);
    }

    /** @param silenceLimit how long a server that has begun to send may send nothing */
    Download(Map<String, String> environment, Progress progress, Duration silenceLimit) {
        this.environment = environment;
        this.progress = progress;
        this.silenceLimit = silenceLimit;
    }

    /**
     * @param target where the file is when this returns
     * @param md5 of the file, in hexadecimal
     * @throws CommandFailure when it cannot be fetched or is another file; the message says how to go on
     */
    public void fetch(URI address, Path target, String md5) {
        try {
            if (Files.exists(target) && md5(target).equals(md5)) {
                return;
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
            Path part = target.resolveSibling(target.getFileName() + ".part");
            boolean resumed = Files.exists(part) && Files.size(part) > 0;
            receive(address, part);
            String found = md5(part);
            if (!found.equals(md5) && resumed) {
                // what was there before may be of another file
                Files.delete(part);
                receive(address, part);
                found = md5(part);
            }
            if (!found.equals(md5)) {
                Files.delete(part);
                throw new CommandFailure(address + " is not the file that was published: its MD5 is " + found
                        + " and must be " + md5 + "; what was received is removed");
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(
                    address + " cannot be fetched: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "; the same command goes on from where it stopped, --file takes a copy that you have",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while " + address + " was fetched", e);
        }
    }

    private void receive(URI address, Path part) throws IOException, InterruptedException {
        long there = Files.exists(part) ? Files.size(part) : 0;
        HttpClient.Builder client = HttpClient.newBuilder()
                .proxy(Proxies.of(environment, address))
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL);
        Optional<Proxies.Login> login = Proxies.login(environment, address);
        login.ifPresent(client::authenticator);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT);
        if (there > 0) {
            request.header("Range", "bytes=" + there + "-");
        }
        HttpResponse<InputStream> response = sent(client.build(), request.build(), login);
        try (InputStream body = response.body()) {
            if (response.statusCode() == PROXY_ASKS) {
                throw new IOException(login.isPresent() ? LOGIN_REFUSED : LOGIN_MISSING);
            }
            if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
                // all of it is there; its checksum tells
                return;
            }
            if (response.statusCode() != 200 && response.statusCode() != PARTIAL) {
                throw new IOException("the server answered with status " + response.statusCode());
            }
            boolean goesOn = response.statusCode() == PARTIAL
                    && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + there + "-");
            if (response.statusCode() == PARTIAL && !goesOn) {
                throw new IOException("the server sent another part of the file than was asked for");
            }
            long from = goesOn ? there : 0;
            long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            append(body, part, from, length < 0 ? -1 : from + length);
        }
    }

    private static HttpResponse<InputStream> sent(HttpClient http, HttpRequest request, Optional<Proxies.Login> login)
            throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            // the client tells a proxy the same several times before it gives up
            throw login.filter(Proxies.Login::isRefused).isPresent() ? new IOException(LOGIN_REFUSED, e) : e;
        }
    }

    private void append(InputStream body, Path part, long from, long total) throws IOException, InterruptedException {
        long received = from;
        try (ReadTimeoutInput input = new ReadTimeoutInput(body, silenceLimit);
                OutputStream file = Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
                file.write(chunk, 0, read);
                received += read;
                progress.done(received, total);
            }
        }
        if (total >= 0 && received < total) {
            throw new IOException("the connection broke off after " + received + " of " + total + " bytes");
        }
    }

    /** @throws CommandFailure when the file is another than was published */
    public static void requireMd5(Path file, String md5) {
        try {
            String found = md5(file);
            if (!found.equals(md5)) {
                throw new CommandFailure(file + " is not the file that was published: its MD5 is " + found
                        + " and must be " + md5 + "; import it under a name of your own: rtda import NAME " + file);
            }
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String md5(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] chunk = new byte[CHUNK];
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
