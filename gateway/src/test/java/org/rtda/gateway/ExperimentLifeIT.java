package org.rtda.gateway;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.LocalStackResource;

/** What people do with an experiment once it is there, over the real broker and store. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
class ExperimentLifeIT {
    private static final String PROBLEM = "application/problem+json";

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private Topics topics;
    private ViewEvents events;

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @BeforeEach
    void aTrainedExperimentOfItsOwn() {
        topics = new Topics(bootstrapServers);
        events = new ViewEvents("life-" + UUID.randomUUID().toString().substring(0, 8));
        topics.send(Topic.EXPERIMENTS, events.submit());
        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.TRAINED, 100));
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.planned(10, true, ViewEvents.CLEAN),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.completed(10, true, 1, 0));
        await().untilAsserted(() -> when().get(path(""))
                .then()
                .statusCode(200)
                .body("status.state", equalTo("TRAINED"))
                .body("evaluation.completed", equalTo(true)));
    }

    @AfterEach
    void close() {
        topics.close();
    }

    private String path(String rest) {
        return "/api/v1/experiments/" + events.experiment() + rest;
    }

    @Test
    void anEvaluationIsListedWithItsPlaceAndCancelledAlone() {
        topics.send(
                Topic.EVALUATION_COMMANDS,
                events.asked("full", events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
        await().untilAsserted(() -> when().get(path("/evaluations"))
                .then()
                .body("name", contains(null, "full"))
                .body("state", contains("COMPLETED", "WAITING"))
                .body("[1].queue.place", notNullValue()));

        when().post(path("/evaluations/full/cancel"))
                .then()
                .statusCode(202)
                .body("id", endsWith("/epoch-00010/full"))
                .body("state", equalTo("CANCELLING"));
        when().post(path("/evaluations/full/cancel")).then().statusCode(202);
        when().get(path("")).then().body("cancelRequested", equalTo(false));

        when().post(path("/evaluations/epoch-00010/cancel"))
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("has ended (completed)"));
        when().post(path("/evaluations/other/cancel"))
                .then()
                .statusCode(404)
                .contentType(PROBLEM)
                .body("field", equalTo("evaluation"));
    }

    @Test
    void aDeletedExperimentIsGoneWithItsObjectsAndStaysGone() {
        String kept = "experiments/" + events.experiment() + "/evaluations/epoch-00010/clean.json";
        store.put(kept, new byte[] {1});
        topics.send(
                Topic.EVALUATION_COMMANDS,
                events.asked("full", events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
        await().untilAsserted(() -> when().delete(path(""))
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("has not ended (evaluations: ")));
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.completedOf(events.experiment() + "/epoch-00010/full", 10, 1, 0));

        await().untilAsserted(() -> when().delete(path("")).then().statusCode(204));

        when().get(path("")).then().statusCode(404).contentType(PROBLEM);
        when().get("/api/v1/experiments?limit=200").then().body("experiments.id", not(hasItem(events.experiment())));
        assertThat(store.find(kept)).isEmpty();
        when().delete(path("")).then().statusCode(404).contentType(PROBLEM);

        when().post("/api/v1/read-model/rebuild").then().statusCode(202);
        // an experiment that was submitted after the deletion has been read again, so the deletion has
        ViewEvents later = new ViewEvents("life-" + UUID.randomUUID().toString().substring(0, 8));
        topics.send(Topic.EXPERIMENTS, later.submit());
        await().untilAsserted(() -> when().get("/api/v1/experiments/" + later.experiment())
                .then()
                .statusCode(200));
        await().untilAsserted(() -> when().get(path("")).then().statusCode(404));
    }
}
