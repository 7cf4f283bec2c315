package org.rtda.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rtda.contracts.variant.MethodKind;
import org.rtda.testkit.Browser;

/** The pages' modules: their own tests, run in Chromium, and the rules they keep. */
class ModuleTest {
    private static final Path PAGES = Path.of("src/main/resources/META-INF/resources");
    private static final Path TESTS = Path.of("src/test/resources/web");
    private static final int LONGEST_MODULE = 200;
    private static final Map<String, String> TYPES =
            Map.of(".js", "text/javascript", ".html", "text/html", ".css", "text/css", ".svg", "image/svg+xml");

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> everySentenceOfTheModulesTestsHolds() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ModuleTest::serve);
        server.start();
        List<Map<String, String>> outcomes;
        try (Browser browser = Browser.open()) {
            browser.driver().get("http://127.0.0.1:" + server.getAddress().getPort() + "/tests/index.html");
            outcomes = browser.await().until(driver ->
                    (List<Map<String, String>>) browser.driver().executeScript("return globalThis.results"));
        } finally {
            server.stop(0);
        }
        assertThat(outcomes).hasSizeGreaterThan(50);
        return outcomes.stream()
                .map(outcome -> dynamicTest(outcome.get("sentence"), () -> assertThat(outcome.get("failure"))
                        .isNull()));
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Path file = path.startsWith("/tests/") ? TESTS.resolve(path.substring(7)) : PAGES.resolve(path.substring(1));
        boolean isThere = Files.isRegularFile(file);
        byte[] answer = isThere ? Files.readAllBytes(file) : new byte[0];
        String name = file.getFileName().toString();
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        TYPES.getOrDefault(name.substring(Math.max(0, name.lastIndexOf('.'))), "text/plain"));
        exchange.sendResponseHeaders(isThere ? 200 : 404, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(PAGES)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void noModuleIsLongerThanAReaderCanHold() throws IOException {
        assertThat(files(".js")).isNotEmpty().allSatisfy(file -> assertThat(Files.readAllLines(file))
                .as(file.toString())
                .hasSizeLessThanOrEqualTo(LONGEST_MODULE));
    }

    @Test
    void onlyOneModuleKnowsWhereTheApiIs() throws IOException {
        assertThat(files(".js"))
                .allSatisfy(file -> assertThat(Files.readString(file).contains("/api/"))
                        .as(file.toString())
                        .isEqualTo(file.endsWith("app/api.js")));
    }

    /** What a page says a run will cost depends on it. */
    @Test
    void thePagesKnowWhatAStepOfEachMethodDifferentiates() throws IOException {
        String costs = Files.readString(PAGES.resolve("app/cost.js"));
        assertThat(MethodKind.all()).allSatisfy(kind -> assertThat(costs)
                .containsPattern("[ \"]" + kind.name() + "\"?: \\[" + kind.views() + ", " + kind.attacks() + "\\]"));
    }

    /** The policy of the pages refuses them; nothing would tell in a build. */
    @Test
    void noPageHasScriptsOrStylesOfItsOwn() throws IOException {
        assertThat(files(".html")).allSatisfy(file -> assertThat(Files.readString(file))
                .doesNotContain("<style", "style=", "onclick", "javascript:")
                .doesNotContainPattern("<script(?![^>]*src=)"));
        assertThat(files(".js")).allSatisfy(file -> assertThat(Files.readString(file))
                .as(file.toString())
                .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval("));
    }

    /** A page names the library's file, which has its version in its path. */
    @Test
    void theLibraryThatAPageNamesIsThere() throws IOException {
        assertThat(libraries()).isNotEmpty().allSatisfy(path -> assertThat(
                        ModuleTest.class.getResource("/META-INF/resources" + path))
                .as(path)
                .isNotNull());
    }

    private static List<String> libraries() throws IOException {
        return Pattern.compile("/webjars/[^\"]+")
                .matcher(Files.readString(PAGES.resolve("index.html")))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** As they are served, before compression. */
    @Test
    void allScriptsAndStylesTogetherAreSmall() throws IOException {
        long all = 0;
        for (Path file :
                Stream.concat(files(".js").stream(), files(".css").stream()).toList()) {
            all += Files.size(file);
        }
        for (String library : libraries()) {
            try (InputStream in = ModuleTest.class.getResourceAsStream("/META-INF/resources" + library)) {
                all += in.readAllBytes().length;
            }
        }
        assertThat(all).isBetween(100 * 1024L, 300 * 1024L);
    }
}
