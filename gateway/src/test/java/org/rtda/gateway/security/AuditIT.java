package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.AuditEntry;
import org.rtda.contracts.AuditEntry.Credential;
import org.rtda.contracts.AuditEntry.Outcome;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.Tensor;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.gateway.TestImages;
import org.rtda.gateway.Topics;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.ArtifactStore;
import org.rtda.store.Datasets;
import org.rtda.testkit.LocalStack;
import org.rtda.testkit.LocalStackResource;

/** What stands in the audit log of a gateway that requires sign-in. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@WithTestResource(SignInResource.class)
class AuditIT {
    private static final String OWNER = "Bearer " + SignInResource.OWNER_TOKEN;

    @TestHTTPResource("/")
    URL base;

    @Inject
    ServiceTokens tokens;

    @Inject
    ArtifactStore store;

    Path auditFile;
    MockOAuth2Server provider;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private int send(String method, String path, String authorization, String body, String... headers)
            throws IOException, InterruptedException {
        return exchange(method, path, authorization, body, headers).statusCode();
    }

    private HttpResponse<String> exchange(
            String method, String path, String authorization, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.toString()).resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static AuditEntry read(byte[] json) {
        return EventCodec.read(json, AuditEntry.class);
    }

    private boolean isOfThisTest(AuditEntry entry) {
        return entry.path().contains(unique)
                || entry.created() != null && entry.created().contains(unique);
    }

    private List<AuditEntry> inFile() throws IOException {
        return inFile(this::isOfThisTest);
    }

    private List<AuditEntry> inFile(Predicate<AuditEntry> wanted) throws IOException {
        if (!Files.exists(auditFile)) {
            return List.of();
        }
        return Files.readAllLines(auditFile).stream()
                .map(line -> read(line.getBytes(StandardCharsets.UTF_8)))
                .filter(wanted)
                .sorted(Comparator.comparing(AuditEntry::time))
                .toList();
    }

    private List<AuditEntry> awaitInFile(int count) {
        return await().atMost(Duration.ofSeconds(60)).until(this::inFile, entries -> entries.size() >= count);
    }

    private List<AuditEntry> inTopic(int count) {
        TopicPartition log = new TopicPartition(Topic.AUDIT_LOG.topicName(), 0);
        List<AuditEntry> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    AuditEntry entry = read(record.value());
                    if (isOfThisTest(entry)) {
                        assertThat(record.key()).isEqualTo(entry.id());
                        found.add(entry);
                    }
                });
                return found.size() >= count;
            });
        }
        return found;
    }

    @Test
    void everyRequestThatMayChangeSomethingIsWrittenDownWithWhoAndWhatBecameOfIt() throws Exception {
        String operator = "Bearer "
                + tokens.create("operator-" + unique, AccessRole.OPERATOR, 1, "the test")
                        .text()
                        .reveal();
        String path = "/api/v1/datasets/none-" + unique;

        assertThat(send("DELETE", path, null, "")).isEqualTo(401);
        assertThat(send("DELETE", path, "Bearer " + TokenText.random().reveal(), ""))
                .isEqualTo(401);
        assertThat(send("DELETE", path, operator, "")).isEqualTo(403);
        assertThat(send("DELETE", path + "?ended=true&secret=" + unique, OWNER, ""))
                .as("a parameter that is not known")
                .isEqualTo(400);
        assertThat(send("DELETE", path, OWNER, "", "Origin", "https://evil.example"))
                .isEqualTo(403);
        assertThat(send("POST", "/api/v1/" + unique + "/./x", OWNER, "{}")).isIn(400, 404);
        assertThat(send("GET", path, OWNER, ""))
                .as("reads are not written down")
                .isEqualTo(404);

        List<AuditEntry> entries = awaitInFile(6);
        assertThat(entries)
                .extracting(AuditEntry::who, AuditEntry::role, AuditEntry::credential, AuditEntry::outcome)
                .startsWith(
                        tuple(null, null, null, Outcome.REFUSED),
                        tuple(null, null, null, Outcome.REFUSED),
                        tuple("operator-" + unique, "operator", Credential.TOKEN, Outcome.REFUSED),
                        tuple("owner-token", "owner", Credential.OWNER_TOKEN, Outcome.REFUSED),
                        tuple(null, null, null, Outcome.REFUSED));
        assertThat(entries).extracting(AuditEntry::method).startsWith("DELETE", "DELETE", "DELETE", "DELETE", "DELETE");
        assertThat(entries).extracting(AuditEntry::created).containsOnlyNulls();
        assertThat(entries).extracting(AuditEntry::status).startsWith(401, 401, 403, 400, 403);
        assertThat(entries).hasSize(6).allMatch(entry -> Set.of("127.0.0.1", "0:0:0:0:0:0:0:1")
                .contains(entry.from()));
        assertThat(entries).extracting(AuditEntry::path).startsWith(path, path, path, path, path);
        assertThat(inTopic(6)).containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void whatIsCarriedOutIsDoneAndNoSecretIsWrittenDown() throws Exception {
        String name = "made-" + unique;
        assertThat(send("POST", "/api/v1/tokens", OWNER, "{\"name\":\"" + name + "\",\"role\":\"viewer\"}"))
                .isEqualTo(201);
        assertThat(send("DELETE", "/api/v1/tokens/" + name, OWNER, "")).isEqualTo(204);

        List<AuditEntry> entries = awaitInFile(2);
        assertThat(entries.get(0).path()).isEqualTo("/api/v1/tokens");
        assertThat(entries.get(0).created()).isEqualTo("/api/v1/tokens/" + name);
        AuditEntry revoked = entries.get(1);
        assertThat(revoked.created()).isNull();
        assertThat(revoked.outcome()).isEqualTo(Outcome.DONE);
        assertThat(revoked.who()).isEqualTo("owner-token");
        assertThat(Files.readString(auditFile)).doesNotContain("rtda_", "Bearer");
    }

    /** Both are called alike, as somebody may want it who means harm. */
    @Test
    void aTokenAndAPersonOfTheSameNameAreToldApart() throws Exception {
        String name = "ann-" + unique;
        String token =
                tokens.create(name, AccessRole.OWNER, 1, "the test").text().reveal();
        String person = provider.issueToken(
                        SignInResource.ISSUER,
                        SignInResource.CLIENT,
                        new DefaultOAuth2TokenCallback(
                                SignInResource.ISSUER,
                                name,
                                "JWT",
                                List.of(SignInResource.CLIENT),
                                Map.of("hospital", Map.of("roles", List.of("owner"))),
                                3600))
                .serialize();
        String path = "/api/v1/tokens/none-" + unique;

        assertThat(send("DELETE", path, "Bearer " + token, "")).isEqualTo(404);
        assertThat(send("DELETE", path, "Bearer " + person, "")).isEqualTo(404);

        assertThat(awaitInFile(2))
                .extracting(AuditEntry::who, AuditEntry::role, AuditEntry::credential)
                .containsExactly(tuple(name, "owner", Credential.TOKEN), tuple(name, "owner", Credential.OPENID));
    }

    /** Whoever asks again is answered alike, and the log says of what. */
    @Test
    void anExperimentIsNamedByItsPathAndAnEvaluationByItsId(@TempDir Path folder) throws Exception {
        TestImages.importInto(store, unique, folder);
        HttpResponse<String> submitted =
                exchange("POST", "/api/v1/experiments", OWNER, "{\"dataset\":\"" + unique + "\",\"batchSize\":4}");
        assertThat(submitted.statusCode()).isEqualTo(201);
        String experiment =
                new ObjectMapper().readTree(submitted.body()).get("id").asText();
        String evaluations = "/api/v1/experiments/" + experiment + "/evaluations";
        String full = "{\"suite\":\"full\"}";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> send("GET", "/api/v1/experiments/" + experiment, OWNER, "") == 200);
        assertThat(send("POST", evaluations, OWNER, full))
                .as("no checkpoint yet")
                .isEqualTo(404);
        try (Topics topics = new Topics(LocalStack.shared().bootstrapServers())) {
            topics.send(
                    Topic.CHECKPOINTS,
                    ViewEvents.madeFrom(
                            new Datasets(store).find(unique).orElseThrow(),
                            new ViewEvents(experiment).checkpoint(1, 10, true, ViewEvents.OBJECT)));
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> send("POST", evaluations, OWNER, full) == 202);
        assertThat(send("POST", evaluations, OWNER, full)).isEqualTo(202);

        String evaluation = experiment + "/epoch-00010/full";
        assertThat(await().atMost(Duration.ofSeconds(60))
                        .until(
                                () -> inFile(entry -> entry.path().equals(evaluations) && entry.status() == 202),
                                entries -> entries.size() == 2))
                .extracting(AuditEntry::created)
                .containsExactly(evaluation, evaluation);
        assertThat(inFile(entry -> entry.path().equals(evaluations) && entry.status() == 404))
                .isNotEmpty()
                .extracting(AuditEntry::created)
                .containsOnlyNulls();
        assertThat(inFile(entry -> ("/api/v1/experiments/" + experiment).equals(entry.created())))
                .extracting(AuditEntry::path, AuditEntry::status)
                .containsExactly(tuple("/api/v1/experiments", 201));
    }

    /** They have no path of their own. */
    @Test
    void weightsThatSomebodyBringsAreNamedByTheKeyOfTheirObject() throws Exception {
        byte[] file =
                SafeTensors.encode(new Weights(Map.of(unique, new Tensor(new long[] {1}, new float[] {1}))), Map.of());
        String form = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"w\"\r\n\r\n"
                + new String(file, StandardCharsets.ISO_8859_1) + "\r\n--part--\r\n";
        HttpRequest upload = HttpRequest.newBuilder(URI.create(base.toString()).resolve("/api/v1/weights"))
                .header("Content-Type", "multipart/form-data; boundary=part")
                .header("Authorization", OWNER)
                .POST(BodyPublishers.ofByteArray(form.getBytes(StandardCharsets.ISO_8859_1)))
                .build();

        assertThat(http.send(upload, BodyHandlers.discarding()).statusCode()).isEqualTo(201);

        String key = ObjectKeys.uploadedWeights(Sha256.hex(file));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Files.readString(auditFile)).contains("\"created\":\"" + key + "\""));
    }

    @Test
    void aRequestWhoseSenderLeavesIsWrittenDownAsBrokenOff() throws Exception {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/experiments/" + unique
                                    + "/evaluations HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + OWNER
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            // answered only when the body is whole; the gateway has begun on it when it answers another connection
            send("GET", "/asyncapi.yaml", OWNER, "");
        }
        AuditEntry broken = awaitInFile(1).get(0);
        assertThat(broken.outcome()).isEqualTo(Outcome.BROKEN_OFF);
        assertThat(broken.status()).isNull();
    }
}
