package org.rtda.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.terminal.CommandFailure;

class DownloadTest {
    private static final byte[] CONTENT = new byte[200_000];

    static {
        new Random(5).nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private boolean proxyAsks;
    private String taken;
    private boolean takesRanges = true;
    private int breaksOffAfter = Integer.MAX_VALUE;
    private CountDownLatch fallsSilent;
    private byte[] content = CONTENT;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsFetchedOnceAndChecked() throws Exception {
        fetch();
        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
        fetch();

        assertThat(ranges).as("the second time it was there").containsExactly("none");
        assertThat(folder.resolve("set.npz.part")).doesNotExist();
    }

    @Test
    void whatBrokeOffGoesOnFromThere() throws Exception {
        breaksOffAfter = 50_000;
        assertThatThrownBy(this::fetch)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(
                        "the same command goes on from where it stopped, --file takes a copy that you have");
        assertThat(target()).doesNotExist();
        long there = Files.size(folder.resolve("set.npz.part"));
        assertThat(there).isPositive().isLessThanOrEqualTo(50_000);

        breaksOffAfter = Integer.MAX_VALUE;
        fetch();

        assertThat(ranges).containsExactly("none", "bytes=" + there + "-");
        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    }

    @Test
    void aServerThatFallsSilentAfterItsHeadersIsGivenUpAndTheNextCallGoesOn() throws Exception {
        breaksOffAfter = 50_000;
        fallsSilent = new CountDownLatch(1);
        try {
            assertThatThrownBy(() -> new Download(Map.of(), (bytes, total) -> {}, Duration.ofMillis(500))
                            .fetch(URI.create(address() + "set.npz"), target(), md5(CONTENT)))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("the server has sent nothing for 500 ms")
                    .hasMessageContaining("goes on from where it stopped");
        } finally {
            fallsSilent.countDown();
        }

        fallsSilent = null;
        breaksOffAfter = Integer.MAX_VALUE;
        fetch();
        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    }

    @Test
    void aServerWithoutRangesSendsAllOfItAgain() throws Exception {
        takesRanges = false;
        Files.write(folder.resolve("set.npz.part"), Arrays.copyOf(CONTENT, 70_000));

        fetch();

        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    }

    @Test
    void aPartOfAnotherFileIsThrownAwayAndFetchedAnew() throws Exception {
        Files.write(folder.resolve("set.npz.part"), new byte[70_000]);

        fetch();

        assertThat(ranges).containsExactly("bytes=70000-", "none");
        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    }

    @Test
    void anotherFileIsRefusedAndRemoved() throws Exception {
        content = Arrays.copyOf(CONTENT, 1000);

        assertThatThrownBy(this::fetch)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not the file that was published: its MD5 is ")
                .hasMessageContaining(md5(CONTENT));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerThatRefusesIsSaid() {
        assertThatThrownBy(() -> new Download(Map.of(), (bytes, total) -> {})
                        .fetch(URI.create(address() + "missing"), target(), md5(CONTENT)))
                .hasMessageContaining("cannot be fetched: the server answered with status 404");
    }

    @Test
    void aProxyInTheEnvironmentIsUsed() throws Exception {
        // the server plays the proxy, which is asked for the whole address
        new Download(Map.of("http_proxy", address()), (bytes, total) -> {})
                .fetch(URI.create("http://elsewhere.invalid/set.npz"), target(), md5(CONTENT));

        assertThat(requested).containsExactly("http://elsewhere.invalid/set.npz");
        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    }

    @Test
    void aProxyThatAsksWhoComesIsToldUserAndPassword() throws Exception {
        proxyAsks = true;

        new Download(Map.of("http_proxy", proxy("me:p%40ss+:1")), (bytes, total) -> {})
                .fetch(URI.create("http://elsewhere.invalid/set.npz"), target(), md5(CONTENT));

        assertThat(logins).as("at first nothing, then as it was asked").containsExactly("none", basic("me:p@ss+:1"));
        assertThat(Files.readAllBytes(target())).isEqualTo(CONTENT);
    }

    @Test
    void aProxyThatRefusesThePasswordIsSaidAndThePasswordIsNot() {
        proxyAsks = true;
        taken = basic("me:another");

        assertThatThrownBy(() -> new Download(Map.of("http_proxy", proxy("me:secret")), (bytes, total) -> {})
                        .fetch(URI.create("http://elsewhere.invalid/set.npz"), target(), md5(CONTENT)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("the proxy does not take the user and the password of the environment")
                .satisfies(DownloadTest::saysNoSecret);
    }

    @Test
    void aProxyThatAsksWhoComesIsSaidWhereNobodyIsNamed() {
        proxyAsks = true;

        assertThatThrownBy(() -> new Download(Map.of("http_proxy", address()), (bytes, total) -> {})
                        .fetch(URI.create("http://elsewhere.invalid/set.npz"), target(), md5(CONTENT)))
                .hasMessageContaining("must be http://USER:PASSWORD@HOST:PORT");
    }

    @Test
    void aProxyIsToldThePasswordBeforeItOpensAWayToAnHttpsServer() throws Exception {
        try (TunnelProxy proxy = new TunnelProxy()) {
            String address = "http://me:secret@127.0.0.1:" + proxy.port();
            assertThatThrownBy(() -> new Download(Map.of("https_proxy", address), (bytes, total) -> {})
                            .fetch(URI.create("https://elsewhere.invalid/set.npz"), target(), md5(CONTENT)))
                    .isInstanceOf(CommandFailure.class)
                    .satisfies(DownloadTest::saysNoSecret);

            assertThat(proxy.requests())
                    .containsExactly(
                            "CONNECT elsewhere.invalid:443 none",
                            "CONNECT elsewhere.invalid:443 " + basic("me:secret"));
        }
    }

    @Test
    void anAddressOfAProxyThatIsNoneIsNotRepeated() {
        for (String proxy :
                List.of("http://me:sec ret@proxy:1", "http://me:secret#@proxy:1", "socks5://me:secret@proxy:1")) {
            assertThatThrownBy(() -> proxyOf(Map.of("HTTPS_PROXY", proxy), "https://zenodo.org/x"))
                    .hasMessageContaining("percent-encoded")
                    .hasMessageContaining("--file")
                    .satisfies(DownloadTest::saysNoSecret);
        }
    }

    private static void saysNoSecret(Throwable failure) {
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("secret").doesNotContain("sec ret");
    }

    private String proxy(String login) {
        return address().replace("http://", "http://" + login + "@");
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hostsThatNeedNoProxyHaveNone() {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "localhost,.example.org");

        assertThat(proxyOf(environment, "https://zenodo.org/x"))
                .contains("proxy")
                .contains("3128");
        assertThat(proxyOf(environment, "https://mirror.example.org/x")).contains("DIRECT");
        assertThat(proxyOf(Map.of("HTTPS_PROXY", "proxy:8080"), "https://zenodo.org/x"))
                .contains("8080");
        assertThat(proxyOf(Map.of("HTTPS_PROXY", "http://me:secret@proxy:1"), "https://zenodo.org/x"))
                .contains("proxy")
                .doesNotContain("secret");
    }

    private static String proxyOf(Map<String, String> environment, String address) {
        URI uri = URI.create(address);
        ProxySelector selector = Proxies.of(environment, uri);
        return selector.select(uri).toString();
    }

    private void fetch() throws Exception {
        new Download(Map.of(), (bytes, total) -> {}).fetch(URI.create(address() + "set.npz"), target(), md5(CONTENT));
    }

    private Path target() {
        return folder.resolve("set.npz");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static String md5(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private void answer(HttpExchange exchange) throws IOException {
        requested.add(exchange.getRequestURI().toString());
        String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
        logins.add(login == null ? "none" : login);
        if (proxyAsks && (login == null || taken != null && !login.equals(taken))) {
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"the way out\"");
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
            return;
        }
        if (exchange.getRequestURI().getPath().contains("missing")) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "none" : range);
        int from = range == null || !takesRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        int sent = Math.min(content.length - from, breaksOffAfter);
        exchange.getResponseBody().write(content, from, sent);
        if (fallsSilent != null) {
            exchange.getResponseBody().flush();
            try {
                fallsSilent.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.close();
    }
}
