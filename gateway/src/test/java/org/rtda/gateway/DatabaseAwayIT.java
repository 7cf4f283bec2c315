package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.testkit.LocalStackResource;

/** The database goes away under a gateway that requires sign-in, and comes back. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@WithTestResource(DatabaseAwayIT.OwnPostgres.class)
class DatabaseAwayIT {
    private static final String PROBLEM = "application/problem+json";
    private static final String OWNER = "rtda_" + "5".repeat(64);
    private static final String EXPERIMENT =
            "away-" + UUID.randomUUID().toString().substring(0, 8);
    private static EmbeddedPostgres postgres;

    /** A PostgreSQL whose database {@code rtda} the test takes away. */
    public static class OwnPostgres implements QuarkusTestResourceLifecycleManager {
        private EmbeddedPostgres own;

        @Override
        public Map<String, String> start() {
            try {
                own = EmbeddedPostgres.start();
                execute(own, "create database rtda");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.of(
                    "rtda.database.url", "jdbc:postgresql://localhost:" + own.getPort() + "/rtda",
                    "rtda.database.user", "postgres",
                    "rtda.database.password", "postgres",
                    "rtda.security.sign-in", "required",
                    "rtda.owner-token", OWNER);
        }

        @Override
        public void inject(Object test) {
            postgres = own;
        }

        @Override
        public void stop() {
            try {
                own.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).accept("*/*").contentType(ContentType.JSON);
    }

    private static void assertAway(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", "5")
                .body("title", equalTo("Service Unavailable"))
                // one line: a sentence and the server's own reason, no class and no trace
                .body(
                        "detail",
                        matchesPattern("the database jdbc:postgresql://localhost:" + postgres.getPort()
                                + "/rtda does not answer: (?!.*(Exception|org\\.|\\tat )).+"));
    }

    @Test
    void whileTheDatabaseIsAwayRequestsAreAskedToComeBack() {
        try (Topics topics = new Topics(bootstrapServers)) {
            topics.send(Topic.EXPERIMENTS, new ViewEvents(EXPERIMENT).submit());
        }
        String experiment = "/api/v1/experiments/" + EXPERIMENT;
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> as(OWNER).get(experiment).then().statusCode(200));
        String viewer = as(OWNER)
                .body("{\"name\":\"viewer-of-this-test\",\"role\":\"viewer\"}")
                .post("/api/v1/tokens")
                .path("token");
        as(viewer).get(experiment).then().statusCode(200);

        execute(postgres, "alter database rtda with allow_connections false");
        execute(postgres, "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'rtda'");

        for (String read : List.of(
                "/api/v1/experiments",
                "/api/v1/evaluations",
                experiment,
                experiment + "/evaluations",
                experiment + "/training",
                experiment + "/robustness",
                experiment + "/results",
                experiment + "/results?format=csv",
                experiment + "/report",
                experiment + "/report.json",
                experiment + "/lineage",
                experiment + "/model",
                "/api/v1/comparisons?experiments=" + EXPERIMENT + ",other",
                "/api/v1/metrics/stream?experiment=" + EXPERIMENT,
                "/api/v1/read-model",
                "/api/v1/dead-letters",
                "/api/v1/tokens")) {
            assertAway(as(OWNER).get(read));
        }
        assertAway(as(OWNER).post(experiment + "/cancel"));
        assertAway(as(OWNER).delete(experiment));
        assertAway(as(OWNER).body("{\"name\":\"a name\"}").patch(experiment));
        assertAway(as(OWNER).body("{\"suite\":\"full\"}").post(experiment + "/evaluations"));
        assertAway(as(OWNER).post("/api/v1/read-model/rebuild"));
        // nobody knows whether the token still stands
        assertAway(as(viewer).get("/api/v1/known"));
        as(OWNER).get("/api/v1/known").then().statusCode(200);
        when().get(URI.create(management.toString()).resolve("/q/health/ready"))
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'database' }.status", equalTo("DOWN"))
                .body(
                        "checks.find { it.name == 'database' }.data.reason",
                        startsWith("the database jdbc:postgresql://localhost:"));

        execute(postgres, "alter database rtda with allow_connections true");

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> as(viewer).get(experiment).then().statusCode(200));
    }
}
