package org.rtda.gateway;

import static io.restassured.RestAssured.given;
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
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.LocalStackResource;

/** What people do with an experiment once it is there, over the real broker and store. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
class ExperimentLifeIT extends OwnExperiment {
    @Inject
    ArtifactStore store;

    ExperimentLifeIT() {
        super("life");
    }

    @BeforeEach
    void aTrainedExperiment() {
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

    @Test
    void anEvaluationIsListedWithItsPlaceAndCancelledAlone() {
        topics.send(Topic.EVALUATION_COMMANDS, events.asked("full", events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
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
        when().post(path("/evaluations/epoch-00010/full/cancel"))
                .then()
                .statusCode(202)
                .body("id", endsWith("/epoch-00010/full"));
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
    void anExperimentHasANameNotesAndTagsByWhichItIsFound() {
        String tag = "t-" + UUID.randomUUID().toString().substring(0, 8);
        given().contentType(ContentType.JSON)
                .body("{\"name\":\"Baseline <b>\",\"notes\":\"first\\nsecond\",\"tags\":[\"" + tag + "\"]}")
                .patch(path(""))
                .then()
                .statusCode(200)
                .body("name", equalTo("Baseline <b>"))
                .body("tags", contains(tag));
        when().get("/api/v1/experiments?fields=name,notes&tag=" + tag)
                .then()
                .body("experiments.id", contains(events.experiment()))
                .body("experiments[0].notes", equalTo("first\nsecond"));

        given().contentType(ContentType.JSON)
                .body("{\"tags\":[\"Not a tag\"]}")
                .patch(path(""))
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("field", equalTo("tags"));
        given().contentType(ContentType.JSON)
                .body("{\"title\":\"x\"}")
                .patch(path(""))
                .then()
                .statusCode(400)
                .body("field", equalTo("title"));
    }

    @Test
    void aSpecificationCanBeSubmittedAsItIs(@TempDir Path folder) throws IOException {
        TestImages.importInto(store, "again", folder);
        String first = submit("{\"dataset\":\"again\",\"batchSize\":4,\"epochs\":3,\"seed\":7}");
        String specification = when().get("/api/v1/experiments/" + first + "/specification")
                .then()
                .statusCode(200)
                .body("seed", equalTo(7))
                .extract()
                .asString();

        String again = submit(specification);

        assertThat(again).isNotEqualTo(first);
        when().get("/api/v1/experiments/" + again + "/specification").then().body(equalTo(specification));
    }

    private static String submit(String specification) {
        return given().contentType(ContentType.JSON)
                .body(specification)
                .post("/api/v1/experiments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void aDeletedExperimentIsGoneWithItsObjectsAndStaysGone() {
        String kept = "experiments/" + events.experiment() + "/evaluations/epoch-00010/clean.json";
        store.put(kept, new byte[] {1});
        topics.send(Topic.EVALUATION_COMMANDS, events.asked("full", events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
        await().untilAsserted(() -> when().delete(path(""))
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("has not ended (evaluations: ")));
        topics.send(Topic.ROBUSTNESS_METRICS, events.completedOf(events.experiment() + "/epoch-00010/full", 10, 1, 0));

        await().untilAsserted(() -> when().delete(path("")).then().statusCode(204));

        when().get(path("")).then().statusCode(404).contentType(PROBLEM);
        when().get("/api/v1/experiments?limit=200").then().body("experiments.id", not(hasItem(events.experiment())));
        assertThat(store.find(kept)).isEmpty();
        when().delete(path("")).then().statusCode(404).contentType(PROBLEM);

        when().post("/api/v1/read-model/rebuild").then().statusCode(202);
        // an experiment that was submitted after the deletion has been read again, so the deletion has
        ViewEvents later = new ViewEvents("life-" + UUID.randomUUID().toString().substring(0, 8));
        topics.send(Topic.EXPERIMENTS, later.submit());
        await().untilAsserted(() ->
                when().get("/api/v1/experiments/" + later.experiment()).then().statusCode(200));
        await().untilAsserted(() -> when().get(path("")).then().statusCode(404));
    }
}
