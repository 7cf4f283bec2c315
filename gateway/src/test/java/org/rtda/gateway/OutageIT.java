package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.LocalStack;

/** Broker and store die under a running gateway. */
@QuarkusTest
@WithTestResource(OutageIT.OwnStack.class)
class OutageIT {
    private static final String PROBLEM = "application/problem+json";
    private static LocalStack stack;

    /** A stack that no other test uses, so that it can be killed. */
    public static class OwnStack implements QuarkusTestResourceLifecycleManager {
        private LocalStack own;

        @Override
        public Map<String, String> start() {
            own = LocalStack.start();
            return Map.of(
                    "kafka.bootstrap.servers", own.bootstrapServers(),
                    "rtda.store.endpoint", own.s3Endpoint(),
                    "rtda.store.access-key", own.accessKey(),
                    "rtda.store.secret-key", own.secretKey(),
                    "rtda.gateway.broker-timeout", "2s",
                    "mp.messaging.outgoing.experiments.request.timeout.ms", "1000",
                    "mp.messaging.outgoing.experiments.delivery.timeout.ms", "2000");
        }

        @Override
        public void inject(Object test) {
            stack = own;
        }

        @Override
        public void stop() {
            own.close();
        }
    }

    @Inject
    ArtifactStore store;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TempDir
    Path folder;

    private ValidatableResponse readiness() {
        return when().get(URI.create(management.toString()).resolve("/q/health/ready"))
                .then();
    }

    private static ValidatableResponse submit() {
        return given().contentType(ContentType.JSON)
                .body("{\"dataset\":\"phantoms\",\"batchSize\":4}")
                .post("/api/v1/experiments")
                .then();
    }

    @Test
    void whatIsGoneIsSaidPlainlyAndWhatIsKnownIsStillServed() throws IOException {
        TestImages.importInto(store, "phantoms", folder);
        String id = submit().statusCode(201).extract().path("id");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> readiness().statusCode(200));

        stack.kill();

        when().get("/api/v1/datasets")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", "5")
                .body("detail", containsString("store"));
        submit().statusCode(503).contentType(PROBLEM).body("detail", containsString("store"));
        when().post("/api/v1/experiments/" + id + "/cancel")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .body("detail", containsString("the broker at " + bootstrapServers));
        when().get("/api/v1/workers")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .body("detail", containsString("the broker at " + bootstrapServers));
        readiness().statusCode(503);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> readiness()
                .body("checks.find { it.name == 'store' }.status", equalTo("DOWN"))
                .body("checks.find { it.name == 'store' }.data.reason", containsString("cannot be reached")));
        when().get("/api/v1/experiments/" + id)
                .then()
                .statusCode(200)
                .body("status.state", equalTo("QUEUED"))
                .body("cancelRequested", equalTo(false));
        given().accept("*/*")
                .get("/api/v1/experiments/" + id + "/report")
                .then()
                .statusCode(200);
    }
}
