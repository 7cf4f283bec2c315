package org.rtda.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.EventLog;
import org.rtda.benchmarks.PackagedService;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.core.ImageBatch;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.testkit.LocalStack;

/** What a user does, through the gateway alone: import, train, watch, fetch results, report and model. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FiveServicesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    private static final List<PackagedService> services = new ArrayList<>();
    private static LocalStack stack;
    private static TraceReceiver traces;
    private static RequestSpecification gateway;
    private static GatewayUser user;
    private static String trained;

    @BeforeAll
    static void start() {
        stack = LocalStack.shared();
        traces = TraceReceiver.start(Integer.getInteger("rtda.trace.port"));
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
        PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, "five-services", folder);
        for (String service :
                List.of("gateway", "trainer-service", "augment-service", "attack-service", "evaluator-service")) {
            services.add(PackagedService.start(
                    service, service + "-five", backing, Map.of("RTDA_GATEWAY_FIGURE_GAUGES", "true")));
        }
        services.forEach(PackagedService::awaitReady);
        gateway = new RequestSpecBuilder().setBaseUri(services.get(0).base()).build();
        user = new GatewayUser(gateway, PATIENCE);
    }

    @AfterAll
    static void stop() {
        services.forEach(PackagedService::close);
        traces.close();
    }

    @Test
    @Order(1)
    void anExperimentIsImportedTrainedJudgedAndFetchedThroughTheGateway() throws IOException {
        user.importSmall(folder, 64, 16, 24);
        String id = user.submit(Map.of(
                "attack",
                Map.of("steps", 2),
                "evaluation",
                Map.of("attackSteps", 2, "epsilons", List.of(0.25, 0.5), "quickImages", 8)));

        RobustnessMetric.Completed completed;
        try (EventLog metrics = new EventLog(stack.bootstrapServers(), Topic.ROBUSTNESS_METRICS)) {
            completed = (RobustnessMetric.Completed) metrics.await(
                    RobustnessMetric.class,
                    PATIENCE,
                    metric -> metric instanceof RobustnessMetric.Completed end
                            && end.experimentId().equals(id)
                            && end.last());
        }
        assertThat(completed.failed()).isZero();
        trained = id;

        Awaitility.await("the gateway has seen the end").atMost(PATIENCE).untilAsserted(() -> given(gateway)
                .get("/api/v1/experiments/{id}", id)
                .then()
                .statusCode(200)
                .body("status.state", equalTo("TRAINED"))
                .body("evaluation.completed", is(true)));
        given(gateway)
                .get("/api/v1/experiments/{id}/results", id)
                .then()
                .statusCode(200)
                .body("condition", hasItem("clean"))
                .body("condition", hasItem("gaussian-noise@5"))
                .body(
                        "findAll { it.metric == 'accuracy' }.every { it.n == 24 && it.low <= it.value && it.value <= it.high }",
                        is(true));
        given(gateway)
                .get("/api/v1/experiments/{id}/report", id)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("12.0 * JSD(clean, augmix, adversarial)"));
        byte[] model = given(gateway)
                .get("/api/v1/experiments/{id}/model", id)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        try (OnnxClassifier classifier = OnnxClassifier.load(model, 1)) {
            int side = SmallDataset.SIDE;
            float[][] logits = classifier.logits(new ImageBatch(3, 1, side, side, new float[3 * side * side]));
            assertThat(logits).hasDimensions(3, 2);
        }
    }

    /** After an experiment, since some series are there only when there is something to say. */
    @Test
    @Order(2)
    void everySeriesThatARuleOrADashboardNamesIsExposedByAService() {
        Monitoring monitoring = new Monitoring(Path.of(System.getProperty("rtda.root")));
        Awaitility.await("the gateway has asked the broker for lag")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(monitoring.notAnswered(scraped())).isEmpty());
    }

    /** The gateway waits for the broker in each call, and answers with the reason. */
    @Test
    void everyServiceButTheGatewaySaysWhetherTheBrokerTakesItsRecords() {
        assertThat(services.subList(1, services.size()))
                .allSatisfy(service -> assertThat(RestAssured.get(service.base().resolve("/q/health/ready"))
                                .jsonPath()
                                .getString("checks.find { it.name == 'broker takes records' }.status"))
                        .isEqualTo("UP"));
    }

    /** 64 images in batches of 16, two epochs: eight steps. Each asks two workers for two shards. */
    @Test
    @Order(2)
    void aBatchIsOneTraceFromItsRequestsThroughAugmentAndAttackToItsOptimiserStep() {
        Awaitility.await("spans are sent every five seconds")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(traces.traces("training step"))
                        .hasSize(8)
                        .allSatisfy(trace -> assertThat(trace)
                                .contains(
                                        "trainer-service: training step",
                                        "augment-service: make augmented images",
                                        "attack-service: craft adversarial images",
                                        "trainer-service: optimiser step")));
    }

    /** A full evaluation of 24 images has some hundred conditions: it is far from its end when it is cancelled at once. */
    @Test
    @Order(3)
    void aCancelledEvaluationIsCompleteAndTheNextOneIsMeasured() {
        String full = trained + "/epoch-00002/full";
        askFor(Map.of("suite", "full"), full);
        given(gateway)
                .post("/api/v1/experiments/{id}/cancel", trained)
                .then()
                .statusCode(202)
                .body("status.state", equalTo("TRAINED"))
                .body("cancelling.run", nullValue())
                .body("cancelling.evaluations", contains(full));
        awaitEvaluation(full, "cancelled > 0 && it.progress.cancelled == it.progress.failed");

        String quick = trained + "/epoch-00002/again";
        askFor(Map.of("suite", "quick", "name", "again"), quick);
        awaitEvaluation(quick, "failed == 0");
        given(gateway)
                .post("/api/v1/experiments/{id}/cancel", trained)
                .then()
                .statusCode(409)
                .body("detail", containsString("has ended (trained and evaluated), nothing is left to cancel"));
    }

    /** The trainer is busy with a run that lasts for as long as the test wants. */
    @Test
    @Order(4)
    void aRunThatWaitsIsCancelledAtOnceAndNotAWordIsSaidWhenItsTurnComes() {
        String lasting = submit(10_000);
        user.awaitState(lasting, "RUNNING");
        String waiting = submit(1);
        String next = submit(1);
        user.cancel(waiting);
        user.awaitState(waiting, "CANCELLED");
        user.awaitState(lasting, "RUNNING");
        user.cancel(lasting);
        user.awaitState(lasting, "CANCELLED");
        user.awaitState(next, "TRAINED");
        try (EventLog statuses = new EventLog(stack.bootstrapServers(), Topic.EXPERIMENT_STATUS)) {
            // the partitions have no common order: what was said of one run is known when all of them are read
            List<State> said = statuses.readToTheEnd(ExperimentStatus.class, PATIENCE).stream()
                    .filter(status -> status.experimentId().equals(waiting))
                    .map(ExperimentStatus::state)
                    .toList();
            assertThat(said).containsExactly(State.CANCELLED);
        }
    }

    private static String submit(int epochs) {
        return user.submit(Map.of("method", "erm", "epochs", epochs, "evaluation", Map.of("everyEpochs", 0)));
    }

    private static void askFor(Map<String, String> wanted, String id) {
        given(gateway)
                .contentType(ContentType.JSON)
                .body(wanted)
                .post("/api/v1/experiments/{id}/evaluations", trained)
                .then()
                .statusCode(202)
                .body("id", equalTo(id));
    }

    private static void awaitEvaluation(String id, String progress) {
        Awaitility.await(id + " is complete").atMost(PATIENCE).untilAsserted(() -> given(gateway)
                .get("/api/v1/experiments/{id}/evaluations", trained)
                .then()
                .statusCode(200)
                .body(
                        "any { it.id == '" + id + "' && it.progress.completed && it.progress." + progress + " }",
                        is(true)));
    }

    private static List<Selector.Sample> scraped() {
        return services.stream()
                .map(service -> given().baseUri(service.management().toString())
                        .accept("text/plain")
                        .get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .flatMap(exposition -> Selector.Sample.of(exposition).stream())
                .toList();
    }

    @Test
    void anUnknownMethodIsRefusedWithItsFieldItsValueAndWhatIsKnown() {
        given(gateway)
                .contentType(ContentType.JSON)
                .body(Map.of("dataset", "small", "method", "rdta"))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("method"))
                .body("value", equalTo("rdta"))
                .body("allowed", containsString("rtda"));
    }

    @Test
    void aBrokenFileIsRefusedAndNothingIsImported() throws IOException {
        Path broken = folder.resolve("broken.npz");
        Files.write(broken, "not a zip".getBytes(StandardCharsets.UTF_8));
        given(gateway)
                .multiPart("name", "broken")
                .multiPart("file", broken.toFile())
                .post("/api/v1/datasets")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        given(gateway).get("/api/v1/datasets/broken").then().statusCode(404);
    }
}
