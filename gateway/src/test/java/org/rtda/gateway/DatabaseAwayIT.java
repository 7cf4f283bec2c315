package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.LocalStack;

/** The PostgreSQL of a running gateway is stopped and comes back. */
@QuarkusTest
@WithTestResource(DatabaseAwayIT.OwnDatabase.class)
class DatabaseAwayIT extends OwnExperiment {
    private static final String EXPERIMENTS = "/api/v1/experiments";
    private static final String SPECIFICATION = "{\"dataset\":\"phantoms\",\"batchSize\":4}";
    private static OwnDatabase database;

    /** A PostgreSQL and a stack that no other test uses: the one is stopped, and the topics of the other hold nothing else. */
    public static class OwnDatabase implements QuarkusTestResourceLifecycleManager {
        private LocalStack stack;
        private Path folder;
        private EmbeddedPostgres postgres;
        private int port;

        @Override
        public Map<String, String> start() {
            stack = LocalStack.start();
            try {
                folder = Files.createTempDirectory("rtda-database-away");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            begin();
            return Map.of(
                    "kafka.bootstrap.servers", stack.bootstrapServers(),
                    "rtda.store.endpoint", stack.s3Endpoint(),
                    "rtda.store.access-key", stack.accessKey(),
                    "rtda.store.secret-key", stack.secretKey(),
                    "rtda.database.url", url(),
                    "rtda.database.user", "postgres",
                    "rtda.database.password", "postgres");
        }

        private String url() {
            return "jdbc:postgresql://localhost:" + port + "/postgres";
        }

        /** At the port and over the files of the one before, where there was one. */
        private void begin() {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start();
                port = postgres.getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void end() {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void inject(Object test) {
            database = this;
        }

        @Override
        public void stop() {
            end();
            stack.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    ArtifactStore store;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @TempDir
    Path folder;

    DatabaseAwayIT() {
        super("away");
    }

    /** A database that comes back takes its time, and so do those who look for it. */
    @BeforeAll
    static void morePatience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(3));
    }

    private ValidatableResponse readiness() {
        return when().get(URI.create(management.toString()).resolve("/q/health/ready"))
                .then();
    }

    private static RequestSpecification specification() {
        return given().contentType(ContentType.JSON).body(SPECIFICATION);
    }

    private static Response submittedWithKey() {
        return specification().header("Idempotency-Key", "away").post(EXPERIMENTS);
    }

    private void trained(long from, long to) {
        LongStream.rangeClosed(from, to)
                .forEach(step -> topics.sendLater(Topic.TRAINING_METRICS, events.training(1, step)));
        topics.flush();
    }

    private void requireSteps(int steps) {
        await().untilAsserted(() -> when().get(path("/training"))
                .then()
                .statusCode(200)
                .body("step", equalTo(IntStream.rangeClosed(1, steps).boxed().toList())));
    }

    private static void requireRefused(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", "5")
                .body("title", equalTo("Service Unavailable"))
                .body("detail", startsWith("the database " + database.url() + " does not answer: "));
    }

    @Test
    void readsAndCommandsAreRefusedWithTheReasonAndNothingIsLostOrDoubledOnceItIsBack() throws IOException {
        TestImages.importInto(store, "phantoms", folder);
        submitted();
        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.RUNNING, 1));
        trained(1, 5);
        requireSteps(5);
        await().untilAsserted(() -> readiness().statusCode(200));

        database.end();

        for (String read : List.of("", "/training", "/evaluations", "/results", "/robustness", "/specification")) {
            requireRefused(when().get(path(read)));
        }
        requireRefused(when().get(EXPERIMENTS));
        requireRefused(when().get("/api/v1/evaluations"));
        requireRefused(when().get("/api/v1/dead-letters"));
        requireRefused(when().get("/api/v1/comparisons?experiments=" + events.experiment() + ",other"));
        when().get("/api/v1/datasets").then().statusCode(200);
        readiness()
                .statusCode(503)
                .body("checks.find { it.name == 'database' }.status", equalTo("DOWN"))
                .body(
                        "checks.find { it.name == 'database' }.data.reason",
                        startsWith("the database " + database.url() + " does not answer: "));

        // whatever has to look at what is known first
        requireRefused(when().post(path("/cancel")));
        requireRefused(when().delete(path("")));
        requireRefused(given().contentType(ContentType.JSON)
                .body("{\"name\":\"refused\"}")
                .patch(path("")));
        requireRefused(submittedWithKey());
        // this has not
        String unseen = specification()
                .post(EXPERIMENTS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        // a trainer that goes on, and says once more what it has said
        trained(4, 10);

        database.begin();

        requireSteps(10);
        await().untilAsserted(
                        () -> when().get(EXPERIMENTS + "/" + unseen).then().statusCode(200));
        await().untilAsserted(() -> when().get(path(""))
                .then()
                .statusCode(200)
                .body("cancelRequested", equalTo(false))
                .body("name", equalTo(null))
                .body("status.state", equalTo("RUNNING")));
        when().get(EXPERIMENTS).then().body("experiments.id", containsInAnyOrder(events.experiment(), unseen));
        when().get("/api/v1/dead-letters").then().statusCode(200).body("", empty());
        await().untilAsserted(() -> readiness().statusCode(200));

        // the refused command can be given again, and counts once
        String again = submittedWithKey().then().statusCode(201).extract().path("id");
        submittedWithKey().then().body("id", equalTo(again));
        await().untilAsserted(() ->
                when().get(EXPERIMENTS + "?state=QUEUED").then().body("experiments.id", contains(again, unseen)));
    }
}
