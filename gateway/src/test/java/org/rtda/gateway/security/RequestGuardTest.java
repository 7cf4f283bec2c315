package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.gateway.problem.Problem;

class RequestGuardTest {
    private static final String HOST = "rtda.example.org";

    private final RequestGuard guard =
            new RequestGuard(List.of(HOST, " Gateway ", "ward-3:8080"), List.of("https://portal.example.org"));

    private Optional<Integer> status(RequestGuard.Request request) {
        return guard.refuse(request).map(Problem::status);
    }

    private Optional<Integer> ofHost(String host) {
        return status(new RequestGuard.Request("GET", "/", "/", host, 1, null, null));
    }

    private Optional<Integer> post(String host, String origin, String fetchSite) {
        return status(new RequestGuard.Request("POST", "/api/v1/tokens", "/api/v1/tokens", host, 1, origin, fetchSite));
    }

    private Optional<Integer> ofPath(String path, String normalized) {
        return status(new RequestGuard.Request("GET", path, normalized, HOST, 1, null, null));
    }

    // ---- the host

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST:1",
                "127.0.0.1:8080",
                "10.1.2.3",
                "[::1]:8080",
                "[fd00::12]",
                "rtda.example.org",
                "RTDA.example.ORG:443",
                "rtda.example.org.",
                "gateway:8080",
                "ward-3",
                "ward-3:8080"
            })
    void namesOfTheGatewayAndIpAddressesAreItsOwn(String host) {
        assertThat(ofHost(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:8080",
                "rtda.example.org.evil.example",
                "xrtda.example.org",
                "rtda.example.org@evil.example",
                "evil.example#localhost",
                "localhost,evil.example",
                "2130706433",
                "0x7f000001",
                "127.1",
                "[evil.example]",
                "",
                " localhost",
                "localhost:8080:8080",
                "localhost:port"
            })
    void everyOtherHostIsRefusedAsADnsRebindingPageWouldSendIt(String host) {
        assertThat(ofHost(host)).contains(421);
    }

    @Test
    void aRequestWithTwoHostsIsRefusedAndOneOfHttp10WithoutAnyPasses() {
        assertThat(status(new RequestGuard.Request("GET", "/", "/", "localhost", 2, null, null)))
                .contains(421);
        assertThat(status(new RequestGuard.Request("GET", "/", "/", null, 1, null, null)))
                .contains(421);
        assertThat(status(new RequestGuard.Request("GET", "/", "/", null, 0, null, null)))
                .isEmpty();
    }

    @Test
    void whereThereIsNoHostNoOriginIsTheSame() {
        assertThat(status(new RequestGuard.Request("POST", "/", "/", null, 0, "null", null)))
                .contains(403);
    }

    @Test
    void theRefusalSaysWhereToAddTheName() {
        assertThat(guard.refuse(new RequestGuard.Request("GET", "/", "/", "lab-7", 1, null, null))
                        .orElseThrow()
                        .detail())
                .isEqualTo("the gateway is not known as lab-7: name it by its IP address, or add the name to"
                        + " RTDA_SECURITY_HOSTS (rtda.security.hosts) of the gateway");
    }

    // ---- the origin

    @Test
    void programsSendNeitherOriginNorFetchMetadataAndMayChangeThings() {
        assertThat(post(HOST, null, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://rtda.example.org, rtda.example.org",
        "https://rtda.example.org, rtda.example.org",
        "http://localhost:8080, localhost:8080",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://[::1]:8080, [::1]:8080",
        "HTTP://LOCALHOST:8080, localhost:8080"
    })
    void theGatewaysOwnPagesMayChangeThings(String origin, String host) {
        assertThat(post(host, origin, "same-origin")).isEmpty();
        assertThat(post(host, origin, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, rtda.example.org",
        "http://localhost:3000, localhost:8080",
        "http://localhost, localhost:8080",
        "http://127.0.0.1:8080, localhost:8080",
        "http://rtda.example.org.evil.example, rtda.example.org",
        "http://evil.example/rtda.example.org, rtda.example.org",
        "http://rtda.example.org@evil.example, rtda.example.org",
        "http://evil.example@rtda.example.org, rtda.example.org",
        "null, rtda.example.org",
        "'', rtda.example.org",
        "file://, rtda.example.org",
        "http://a b, rtda.example.org",
        "rtda.example.org, rtda.example.org",
        "http://portal.example.org, rtda.example.org"
    })
    void pagesOfOtherOriginsMayNot(String origin, String host) {
        assertThat(post(host, origin, null)).contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "Same-Origin", "same-origin, cross-site"})
    void whatFetchMetadataSaysOfTheSiteCountsBeforeTheOrigin(String fetchSite) {
        assertThat(post(HOST, "http://" + HOST, fetchSite)).contains(403);
        assertThat(post(HOST, null, fetchSite)).contains(403);
    }

    @Test
    void anAddressThatAPersonTypesIsOfNoOrigin() {
        assertThat(post(HOST, null, "none")).isEmpty();
    }

    @Test
    void anOriginThatCorsNamesMayChangeThings() {
        assertThat(post(HOST, "https://portal.example.org", "cross-site")).isEmpty();
        assertThat(post(HOST, "https://portal.example.org:444", "cross-site")).contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "PROPFIND"})
    void everyMethodThatIsNotKnownToChangeNothingIsChecked(String method) {
        assertThat(status(new RequestGuard.Request(method, "/", "/", HOST, 1, "https://evil.example", null)))
                .contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readingIsLeftToTheBrowsersOwnRules(String method) {
        assertThat(status(new RequestGuard.Request(method, "/", "/", HOST, 1, "https://evil.example", "cross-site")))
                .isEmpty();
    }

    // ---- the path

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tokens;a=b",
                "/api/v1;/tokens",
                "/api/v1/x%2ftokens",
                "/api/v1/x%2Ftokens",
                "/api/v1\\tokens",
                "/api/v1/%5ctokens",
                "/api/v1/tokens%3Ba",
                "/api/v1/%2574okens",
                "/api/v1/tokens%00",
                "/api/v1/tokens/",
                "/api/v1/experiments/e/model/"
            })
    void aPathThatReadersMayReadDifferentlyIsRefused(String path) {
        assertThat(ofPath(path, path)).contains(400);
    }

    @Test
    void aPathThatIsNotInItsNormalFormIsRefused() {
        assertThat(ofPath("/api/v1/%74okens", "/api/v1/tokens")).contains(400);
        assertThat(ofPath("/api/v1//tokens", "/api/v1/tokens")).contains(400);
        assertThat(ofPath("/api/v1/x/../tokens", "/api/v1/tokens")).contains(400);
    }

    @Test
    void anOrdinaryPathPasses() {
        assertThat(ofPath("/api/v1/experiments/exp-1/evaluations/a%20b", "/api/v1/experiments/exp-1/evaluations/a%20b"))
                .isEmpty();
    }
}
