package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.gateway.asyncapi.AsyncApiDocument;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.LocalStackResource;

/** What HTTP promises of every path: tags, parts, media types, methods and origins. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
class HttpIT extends OwnExperiment {
    @Inject
    ArtifactStore store;

    HttpIT() {
        super("http");
    }

    @BeforeEach
    void anExperimentThatIsKnown() {
        submitted();
    }

    private ObjectRef model(byte[] content) {
        ObjectRef model = store.put("experiments/" + events.experiment() + "/checkpoints/model.onnx", content);
        topics.send(Topic.CHECKPOINTS, events.checkpoint(1, 10, true, model, model));
        await().untilAsserted(() -> when().get(path("/model")).then().statusCode(200));
        return model;
    }

    private void measured() {
        byte[] document = EventCodec.write(new Predictions(
                1,
                events.experiment(),
                events.experiment() + "/epoch-00010",
                ViewEvents.CLEAN,
                List.of("benign", "malignant"),
                List.of(0, 1),
                List.of(0, 0),
                List.of(List.of(0.75, 0.25), List.of(0.625, 0.375))));
        ObjectRef kept =
                store.put(ObjectKeys.predictions(events.experiment() + "/epoch-00010", ViewEvents.CLEAN), document);
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.planned(10, true, ViewEvents.CLEAN),
                events.measured(10, true, ViewEvents.CLEAN, 0.5, kept),
                events.completed(10, true, 1, 0));
        await().untilAsserted(() -> when().get(path("")).then().body("evaluation.completed", equalTo(true)));
    }

    @Test
    void aModelIsSentInPartsThatMakeItWhole() {
        byte[] content = new byte[3_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 1000);
        }
        ObjectRef model = model(content);
        String tag = '"' + model.sha256() + '"';

        Response whole = when().get(path("/model"));
        whole.then().header("ETag", tag).header("Accept-Ranges", "bytes").header("Content-Length", "3000000");
        assertThat(whole.asByteArray()).isEqualTo(content);

        byte[] first = part("bytes=0-999999", tag, "bytes 0-999999/3000000");
        byte[] second = part("bytes=1000000-", tag, "bytes 1000000-2999999/3000000");
        assertThat(first).isEqualTo(Arrays.copyOf(content, 1_000_000));
        assertThat(second).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 3_000_000));
        assertThat(part("bytes=-2", tag, "bytes 2999998-2999999/3000000"))
                .isEqualTo(Arrays.copyOfRange(content, 2_999_998, 3_000_000));

        given().header("Range", "bytes=3000000-")
                .get(path("/model"))
                .then()
                .statusCode(416)
                .contentType(PROBLEM)
                .header("Content-Range", "bytes */3000000")
                .body("detail", containsString("3000000 bytes"));
        given().header("Range", "bytes=0-1")
                .header("If-Range", "\"other\"")
                .get(path("/model"))
                .then()
                .statusCode(200)
                .header("Content-Length", "3000000");
        when().head(path("/model")).then().statusCode(200).header("ETag", tag).header("Content-Length", "3000000");
    }

    private byte[] part(String range, String tag, String place) {
        Response answer = given().header("Range", range).header("If-Range", tag).get(path("/model"));
        answer.then()
                .statusCode(206)
                .header("Content-Range", place)
                .header("ETag", tag)
                .header("X-Epoch", "10");
        return answer.asByteArray();
    }

    @Test
    void aPartOfAnAlteredModelIsRefusedAsTheWholeIs() {
        ObjectRef model = model(new byte[] {1, 2, 3, 4});
        store.put(model.key(), new byte[] {1, 2, 3, 5});

        given().header("Range", "bytes=0-1")
                .get(path("/model"))
                .then()
                .statusCode(500)
                .contentType(PROBLEM)
                .body("detail", containsString("is corrupt"));
    }

    @Test
    void whoHasAFileIsNotSentItAgain(@TempDir Path folder) throws IOException {
        model(new byte[] {1, 2, 3});
        measured();
        String dataset = "http-" + UUID.randomUUID().toString().substring(0, 8);
        TestImages.importInto(store, dataset, folder);

        for (String file : List.of(
                path("/model"),
                path("/weights"),
                path("/report"),
                path("/report.json"),
                path("/results"),
                path("/results?format=csv"),
                path("/results/subgroups?format=csv"),
                path("/predictions?condition=clean"),
                "/api/v1/datasets/" + dataset + "/samples")) {
            Response first = when().get(file);
            first.then().statusCode(200).header("Cache-Control", "private, no-cache");
            String tag = first.header("ETag");
            assertThat(tag).as(file).isNotNull();

            Response again =
                    given().header("If-None-Match", "\"other\", " + tag).get(file);
            again.then().statusCode(304).header("ETag", withoutWeakness(tag));
            assertThat(again.asByteArray()).as(file).isEmpty();
            given().header("If-None-Match", "\"other\"").get(file).then().statusCode(200);

            byte[] whole =
                    given().header("Accept-Encoding", "identity").get(file).asByteArray();
            Response part = given().header("Range", "bytes=1-2")
                    .header("Accept-Encoding", "gzip")
                    .get(file);
            part.then().statusCode(206).header("Content-Range", startsWith("bytes 1-2/"));
            assertThat(part.asByteArray()).as(file).isEqualTo(Arrays.copyOfRange(whole, 1, 3));
        }
        String noSubgroups = when().get(path("/results/subgroups")).header("ETag");
        given().header("If-None-Match", noSubgroups)
                .get(path("/results/subgroups"))
                .then()
                .statusCode(304);
    }

    /** A compressed answer has a weak tag, an answer without content the tag of what it leaves out. */
    private static org.hamcrest.Matcher<String> withoutWeakness(String tag) {
        return containsString(tag.replace("W/", ""));
    }

    @Test
    void theAcceptHeaderChoosesBetweenJsonAndCsv() {
        measured();
        for (String rows : List.of(path("/results"), path("/results/subgroups"))) {
            given().accept("text/csv")
                    .get(rows)
                    .then()
                    .statusCode(200)
                    .contentType("text/csv")
                    .body(startsWith("experiment,"));
            given().accept("application/json").get(rows).then().statusCode(200).contentType("application/json");
            given().accept("text/csv;q=0.5, application/json").get(rows).then().contentType("application/json");
            given().accept("application/json;q=0.5, text/csv").get(rows).then().contentType("text/csv");
            given().accept("*/*")
                    .get(rows)
                    .then()
                    .contentType("application/json")
                    .header("Vary", containsString("Accept"));
            given().accept("application/json")
                    .get(rows + "?format=csv")
                    .then()
                    .statusCode(200)
                    .contentType("text/csv");
            given().accept("application/xml").get(rows).then().statusCode(406).contentType(PROBLEM);
        }
        given().accept("text/csv").get(path("")).then().statusCode(406).contentType(PROBLEM);
        given().accept("image/png").get(path("/model")).then().statusCode(406).contentType(PROBLEM);
    }

    @Test
    void everyPathSaysWhichMethodsItTakesAndRefusesTheOthers() {
        JsonPath description =
                given().accept("application/json").get("/q/openapi?format=json").jsonPath();
        Map<String, Map<String, Object>> paths = description.getMap("paths");
        assertThat(paths).hasSizeGreaterThan(25);
        paths.forEach((template, item) -> {
            TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
            for (String method : List.of("get", "put", "post", "delete", "patch")) {
                if (item.containsKey(method)) {
                    methods.add(method.toUpperCase(Locale.ROOT));
                }
            }
            if (methods.contains("GET") && !template.endsWith("/stream")) {
                methods.add("HEAD");
            }
            String path = template.replaceAll("\\{\\w+}", "x");
            String allowed = String.join(", ", methods);

            given().options(path).then().statusCode(204).header("Allow", allowed);
            given().put(path)
                    .then()
                    .statusCode(405)
                    .contentType(PROBLEM)
                    .header("Allow", allowed)
                    .body("detail", containsString(allowed));
        });
        given().options("/api/v1/experiment").then().statusCode(404).contentType(PROBLEM);
    }

    /** The one is made of the other when the gateway is built; a record of the same name that is another would show here. */
    @Test
    void restAndMessagesHaveTheSameLimits() {
        Map<String, Map<String, Object>> served = given().accept("application/json")
                .get("/q/openapi?format=json")
                .jsonPath()
                .getMap("components.schemas");
        int compared = 0;
        for (Map.Entry<String, Object> schema :
                AsyncApiDocument.read().schemas().entrySet()) {
            Map<String, Object> fields = AsyncApiDocument.map(
                    AsyncApiDocument.map(served.get(schema.getKey())).get("properties"));
            Map<String, Object> told =
                    AsyncApiDocument.map(AsyncApiDocument.map(schema.getValue()).get("properties"));
            for (String field : fields.keySet()) {
                for (String limit :
                        List.of("minimum", "maximum", "exclusiveMinimum", "maxLength", "minItems", "pattern")) {
                    Object expected = AsyncApiDocument.map(told.get(field)).get(limit);
                    if (expected != null) {
                        assertThat(String.valueOf(
                                        AsyncApiDocument.map(fields.get(field)).get(limit)))
                                .as("%s.%s %s", schema.getKey(), field, limit)
                                .isEqualTo(String.valueOf(expected));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    @Test
    void everyFieldOfEveryDocumentIsDescribed() {
        Map<String, Map<String, Object>> schemas = given().accept("application/json")
                .get("/q/openapi?format=json")
                .jsonPath()
                .getMap("components.schemas");
        assertThat(schemas).hasSizeGreaterThan(90).doesNotContainKey("JsonNode");
        List<String> silent = new ArrayList<>();
        schemas.forEach(
                (name, schema) -> AsyncApiDocument.map(schema.get("properties")).forEach((field, of) -> {
                    if (!AsyncApiDocument.map(of).containsKey("description")) {
                        silent.add(name + "." + field);
                    }
                }));
        assertThat(silent).isEmpty();
        // and a reader knows which fields there always are
        assertThat(AsyncApiDocument.map(schemas.get("ResultRow")).get("required"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("n", "value");
    }

    @Test
    void aPageOfAnotherOriginReadsNothing() {
        given().header("Origin", "https://portal.example.org")
                .get("/api/v1/known")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", "https://portal.example.org")
                .header("Access-Control-Request-Method", "GET")
                .options("/api/v1/known")
                .then()
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Methods", nullValue());
    }
}
