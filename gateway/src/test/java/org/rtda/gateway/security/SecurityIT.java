package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.EventCodec;
import org.rtda.testkit.LocalStackResource;

/** A gateway that requires sign-in, asked by everybody for everything. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@WithTestResource(SignInResource.class)
class SecurityIT {
    private static final String PROBLEM = "application/problem+json";
    private static final int HOUR_SECONDS = 3600;

    @TestHTTPResource("/")
    URL base;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Inject
    ServiceTokens tokens;

    @Inject
    TokenStore store;

    MockOAuth2Server provider;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    /** Who asks, by the header that they send; null for none. */
    private final Map<String, String> callers = new LinkedHashMap<>();

    @BeforeEach
    void everybody() {
        callers.put("nobody", null);
        callers.put("forged", "Bearer " + TokenText.random().reveal());
        callers.put("malformed", "Bearer rtda_1234");
        callers.put("expired", "Bearer " + expired().reveal());
        TokenText revoked = make("revoked-" + unique, AccessRole.OWNER);
        tokens.revoke("revoked-" + unique);
        callers.put("revoked", "Bearer " + revoked.reveal());
        for (AccessRole role : AccessRole.values()) {
            callers.put(role.label(), bearer(role));
        }
    }

    private String bearer(AccessRole role) {
        return "Bearer " + make(role.label() + "-" + UUID.randomUUID(), role).reveal();
    }

    private TokenText make(String name, AccessRole role) {
        return tokens.create(name, role, 1, "the test").text();
    }

    private TokenText expired() {
        TokenText text = TokenText.random();
        Instant now = Instant.now();
        store.add(
                new ServiceToken(
                        "expired-" + unique,
                        AccessRole.OWNER,
                        "the test",
                        now.minusSeconds(9),
                        now.minusSeconds(1),
                        null),
                text.hash());
        return text;
    }

    /** An answer whose body is read only as far as it is needed: a stream has no end. */
    private record Answer(int status, String contentType, List<String> challenges, String start) {}

    private Answer ask(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""),
                        response.headers().allValues("WWW-Authenticate"),
                        response.statusCode() < 400 ? "" : new String(body.readNBytes(2000), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.toString(), e);
        }
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base.toString()).resolve(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private Answer get(String path, String authorization) {
        return ask(request(path, authorization).build());
    }

    private Answer post(String path, String authorization, String... headers) {
        HttpRequest.Builder request = request(path, authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return ask(request.build());
    }

    private JsonNode description() {
        HttpRequest request = request("/q/openapi?format=json", callers.get("viewer"))
                .header("Accept", "application/json")
                .build();
        try {
            return EventCodec.mapper()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Operations of the API by method and path, with the media type of their body; empty where they have none. */
    private Map<String, String> operations() {
        Map<String, String> operations = new TreeMap<>();
        description().get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> {
                    if (Set.of("get", "put", "post", "delete", "patch", "head", "options")
                            .contains(operation.getKey())) {
                        List<String> types = new ArrayList<>();
                        operation
                                .getValue()
                                .at("/requestBody/content")
                                .fieldNames()
                                .forEachRemaining(types::add);
                        operations.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                types.isEmpty() ? "" : types.get(0));
                    }
                }));
        return operations;
    }

    private HttpRequest requestFor(String operation, String mediaType, String authorization) {
        String[] parts = operation.split(" ");
        HttpRequest.Builder request = request(parts[1].replaceAll("\\{[^}]*}", "nothing"), authorization);
        if (mediaType.startsWith("multipart")) {
            return request.header("Content-Type", mediaType + "; boundary=part")
                    .method(parts[0], BodyPublishers.ofString("--part--\r\n"))
                    .build();
        }
        if (!mediaType.isEmpty()) {
            return request.header("Content-Type", mediaType)
                    .method(parts[0], BodyPublishers.ofString("{}"))
                    .build();
        }
        return request.method(parts[0], BodyPublishers.noBody()).build();
    }

    private static String expected(AccessRole needed, String caller) {
        if (Set.of("nobody", "forged", "malformed", "expired", "revoked").contains(caller)) {
            return "401";
        }
        return AccessRole.of("caller", caller).compareTo(needed) >= 0 ? "let in" : "403";
    }

    @Test
    void everyOperationIsForItsRoleAndThoseAboveItAndForNobodyWithoutATokenThatCounts() {
        Map<String, AccessRole> table = Access.table();
        Map<String, String> operations = operations();
        assertThat(new TreeSet<>(operations.keySet()))
                .as("a new operation is written down in Access")
                .isEqualTo(new TreeSet<>(table.keySet()));

        Map<String, String> wanted = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        operations.forEach((operation, mediaType) -> callers.forEach((caller, authorization) -> {
            Answer answer = ask(requestFor(operation, mediaType, authorization));
            String pair = operation + " by " + caller;
            wanted.put(pair, expected(table.get(operation), caller));
            boolean refused = answer.status() == 401 || answer.status() == 403;
            found.put(pair, refused ? String.valueOf(answer.status()) : "let in");
            if (refused) {
                assertThat(answer.contentType()).as(pair).isEqualTo(PROBLEM);
            }
        }));
        assertThat(found).isEqualTo(wanted).hasSize(operations.size() * 8);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        assertThat(get("/api/v1/known", null).start())
                .contains("sign-in is required", "RTDA_TOKEN", "rtda token create NAME");
        assertThat(get("/api/v1/known", callers.get("revoked")).start())
                .contains("unknown, revoked or expired")
                .doesNotContain(callers.get("revoked").substring("Bearer ".length()));
        assertThat(post("/api/v1/tokens", callers.get("operator")).start())
                .contains("has the role operator, which may not POST /api/v1/tokens");
    }

    @Test
    void programsAreAskedForATokenAndOnlyPeopleForAPassword() {
        assertThat(get("/api/v1/known", null).challenges()).containsExactly("Bearer realm=\"rtda\"");
        assertThat(ask(request("/", "Basic " + basic("anybody", "wrong"))
                                .header("Accept", "text/html")
                                .build())
                        .challenges())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("Basic realm=");
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBrowserSendsTheTokenAsPassword() {
        String token = callers.get("viewer").substring("Bearer ".length());

        assertThat(get("/", "Basic " + basic("anybody", token)).status()).isEqualTo(200);
        assertThat(get("/api/v1/experiments", "Basic " + basic("", token)).status())
                .isEqualTo(200);
        assertThat(post("/api/v1/experiments", "Basic " + basic("anybody", token))
                        .status())
                .isEqualTo(403);
    }

    private Answer watched(String path) {
        return ask(HttpRequest.newBuilder(URI.create(management.toString()).resolve(path))
                .build());
    }

    @Test
    void healthAndMetricsHaveAPortOfTheirOwnAndItHasNothingElse() {
        assertThat(management.getPort()).isNotEqualTo(base.getPort());
        assertThat(watched("/q/health/live").status()).isEqualTo(200);
        assertThat(watched("/q/health/started").status()).isEqualTo(200);
        assertThat(watched("/q/health").status()).isIn(200, 503);
        assertThat(watched("/q/metrics").status()).isEqualTo(200);
        for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")) {
            assertThat(get(path, null).status()).as(path).isEqualTo(401);
            assertThat(get(path, callers.get("owner")).status()).as(path).isEqualTo(404);
        }
        for (String path : List.of(
                "/",
                "/index.html",
                "/api/v1/known",
                "/api/v1/experiments",
                "/api/v1/tokens",
                "/asyncapi.yaml",
                "/metrics",
                "/q/openapi",
                "/q/swagger-ui/",
                "/q/dev-ui")) {
            assertThat(watched(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theManagementPortOnlyTellsAndOnlyUnderItsOwnNames() throws IOException {
        HttpRequest post = HttpRequest.newBuilder(
                        URI.create(management.toString()).resolve("/q/health/live"))
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThat(ask(post).status()).isEqualTo(405);
        assertThat(raw(management, "GET /q/metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(raw(management, "GET /q/health/live HTTP/1.1\r\nHost: 10.1.2.3:9000\r\nConnection: close\r\n\r\n"))
                .as("engines and Prometheus name containers by their addresses")
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void pagesAreNotOpen() {
        for (String page : List.of("/", "/index.html", "/q/openapi", "/q/swagger-ui/", "/q/dev-ui", "/nothing")) {
            assertThat(get(page, null).status()).as(page).isEqualTo(401);
        }
        assertThat(get("/", callers.get("viewer")).status()).isEqualTo(200);
        assertThat(post("/api/experiments", callers.get("operator")).status()).isEqualTo(403);
        assertThat(post("/api/experiments", callers.get("owner")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tokens;a=b",
                "/api/v1/tokens/",
                "/api/v1/tokens;",
                "//api/v1/tokens",
                "/api/v1//tokens",
                "/api/v1/./tokens",
                "/api/v1/x/../tokens",
                "/api/v1/%74okens",
                "/api/v1/tokens%3Ba",
                "/api/v1%2ftokens",
                "/api/v1/tokens?a=/api/v1/known",
                "/api/v1/known/../tokens"
            })
    void noSpellingOfAPathLeadsAnOperatorToTheTokens(String path) throws IOException {
        String body = "{\"name\":\"mine-" + unique + "\",\"role\":\"owner\"}";
        String answer = raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                + callers.get("operator")
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(answer).containsPattern("^HTTP/1.1 (400|403|404|405) ");
        assertThat(store.all()).extracting(ServiceToken::name).doesNotContain("mine-" + unique);
    }

    /** As a hostile client writes it: no library corrects it. */
    private String raw(String request) throws IOException {
        return raw(base, request);
    }

    private static String raw(URL to, String request) throws IOException {
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPageOfAForeignNameReachesNothing() throws IOException {
        String rest = "\r\nConnection: close\r\nAuthorization: " + callers.get("owner") + "\r\n\r\n";

        assertThat(raw("GET /api/v1/known HTTP/1.1\r\nHost: evil.example" + rest))
                .startsWith("HTTP/1.1 421 ")
                .contains(PROBLEM, "RTDA_SECURITY_HOSTS");
        assertThat(raw("GET /api/v1/known HTTP/1.1\r\nHost: localhost\r\nHost: evil.example" + rest))
                .containsPattern("^HTTP/1.1 4");
        assertThat(raw("GET http://evil.example/api/v1/known HTTP/1.1\r\nHost: evil.example" + rest))
                .containsPattern("^HTTP/1.1 4");
        assertThat(raw("GET /api/v1/known HTTP/1.1\r\nHost: rtda.example.org" + rest))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aPageOfAnotherOriginChangesNothingWithAnOwnersCredentials() {
        String owner = callers.get("owner");

        assertThat(post("/api/v1/read-model/rebuild", owner, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(post("/api/v1/read-model/rebuild", owner, "Sec-Fetch-Site", "cross-site")
                        .start())
                .contains("a page of another origin");
        assertThat(post(
                                "/api/v1/experiments",
                                owner,
                                "Origin",
                                "http://" + base.getAuthority(),
                                "Sec-Fetch-Site",
                                "same-origin")
                        .status())
                .as("the gateway's own page gets as far as the missing data set")
                .isEqualTo(400);
    }

    @Test
    void aTokenIsMadeUsedListedAndRevokedThroughTheApi() throws Exception {
        String owner = "Bearer " + SignInResource.OWNER_TOKEN;
        HttpResponse<String> made = http.send(
                request("/api/v1/tokens", owner)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"api-" + unique + "\",\"role\":\"viewer\",\"expiresInDays\":1}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location").orElse("")).endsWith("/api/v1/tokens/api-" + unique);
        JsonNode document = EventCodec.mapper().readTree(made.body());
        assertThat(document.get("createdBy").asText()).isEqualTo("owner-token");
        String text = document.get("token").asText();

        assertThat(get("/api/v1/known", "Bearer " + text).status()).isEqualTo(200);
        String list = http.send(request("/api/v1/tokens", owner).build(), BodyHandlers.ofString())
                .body();
        assertThat(list).contains("api-" + unique, "lastUsedAt").doesNotContain(text);

        HttpRequest revoke =
                request("/api/v1/tokens/api-" + unique, owner).DELETE().build();
        assertThat(ask(revoke).status()).isEqualTo(204);
        assertThat(get("/api/v1/known", "Bearer " + text).status()).isEqualTo(401);
        assertThat(ask(revoke).status()).isEqualTo(404);
    }

    // ---- people, by the OpenID provider

    private String accessToken(String issuer, long seconds, String... roles) {
        return "Bearer "
                + provider.issueToken(
                                issuer,
                                SignInResource.CLIENT,
                                new DefaultOAuth2TokenCallback(
                                        issuer,
                                        "alice",
                                        "JWT",
                                        List.of(SignInResource.CLIENT),
                                        Map.of("hospital", Map.of("roles", List.of(roles))),
                                        seconds))
                        .serialize();
    }

    @Test
    void anAccessTokenOfTheProviderHasTheRolesOfItsClaim() {
        String viewer = accessToken(SignInResource.ISSUER, HOUR_SECONDS, "viewer");
        String owner = accessToken(SignInResource.ISSUER, HOUR_SECONDS, "doctor", "owner");

        assertThat(get("/api/v1/known", viewer).status()).isEqualTo(200);
        assertThat(post("/api/v1/experiments", viewer).start()).contains("alice has the role viewer");
        assertThat(get("/api/v1/tokens", owner).status()).isEqualTo(200);
    }

    @Test
    void anAccessTokenWithoutARoleAnotherIssuersOneAndAnExpiredOneAreRefused() {
        assertThat(get("/api/v1/known", accessToken(SignInResource.ISSUER, HOUR_SECONDS, "doctor"))
                        .status())
                .isEqualTo(403);
        assertThat(get("/api/v1/known", accessToken("elsewhere", HOUR_SECONDS, "owner"))
                        .status())
                .isEqualTo(401);
        Answer expired = get("/api/v1/known", accessToken(SignInResource.ISSUER, -HOUR_SECONDS, "owner"));
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.contentType()).isEqualTo(PROBLEM);
    }

    @Test
    void aScriptWhosePersonIsSignedOutIsToldSoAndNotSentToTheProvider() {
        for (String session : List.of("", "q_session=over")) {
            HttpRequest.Builder request = request("/api/v1/known", null)
                    .header("Accept", "application/json")
                    .header("Sec-Fetch-Mode", "cors")
                    .header("X-Requested-With", "JavaScript");
            if (!session.isEmpty()) {
                request.header("Cookie", session);
            }
            assertThat(ask(request.build()).status()).as(session).isIn(401, 499);
        }
    }

    @Test
    void aPersonIsSentToTheProviderAndComesBackSignedIn() throws Exception {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                SignInResource.ISSUER,
                "alice",
                "JWT",
                List.of(SignInResource.CLIENT),
                Map.of("hospital", Map.of("roles", List.of("operator"))),
                HOUR_SECONDS));
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(cookies)
                .build();

        HttpResponse<String> page = browser.send(
                request("/", null)
                        .header("Accept", "text/html")
                        .header("Sec-Fetch-Mode", "navigate")
                        .build(),
                BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPort()).isEqualTo(base.getPort());
        assertThat(cookies.getCookieStore().getCookies())
                .filteredOn(cookie -> cookie.getName().startsWith("q_session"))
                .isNotEmpty()
                .allMatch(HttpCookie::isHttpOnly);
        assertThat(Stream.iterate(Optional.of(page), Optional::isPresent, each -> each.orElseThrow()
                                .previousResponse())
                        .flatMap(each -> each.orElseThrow().headers().allValues("Set-Cookie").stream())
                        .filter(cookie -> cookie.startsWith("q_session") && !cookie.contains("Max-Age=0")))
                .as("no request that another site makes a browser send brings it, but a link that somebody follows")
                .isNotEmpty()
                .allMatch(cookie -> cookie.contains("SameSite=Lax"));
        HttpRequest.Builder submit = request("/api/v1/experiments", null)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
        assertThat(browser.send(submit.build(), BodyHandlers.ofString()).statusCode())
                .as("an operator gets as far as the missing data set")
                .isEqualTo(400);
        assertThat(browser.send(submit.header("Origin", "https://evil.example").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.send(request("/api/v1/tokens", null).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }
}
